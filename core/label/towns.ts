// Towns that card labels end with: the French communes of more than 60,000 inhabitants and prefectures (INSEE, populations legales 2021),
// and cities abroad that French companies travel to. Written as banks do: capitals, no accents, no hyphens.
const TOWNS = new Set(`AGEN|AIX EN PROVENCE|AJACCIO|ALBI|ALENCON|AMIENS|ANGERS|ANGOULEME|ANNECY|ANTIBES|ANTONY|ARGENTEUIL|ARRAS|ASNIERES SUR SEINE|ASNIERES|AUBERVILLIERS|AUCH|AULNAY SOUS BOIS|AURILLAC|AUXERRE|AVIGNON|BASTIA|BAYONNE|BEAUVAIS|BELFORT|BESANCON|BEZIERS|BIARRITZ|BLOIS|BOBIGNY|BORDEAUX|BOULOGNE BILLANCOURT|BOULOGNE|BOURG EN BRESSE|BOURGES|BREST|BRIVE|CAEN|CAHORS|CALAIS|CANNES|CARCASSONNE|CERGY|CHALON SUR SAONE|CHALONS EN CHAMPAGNE|CHAMBERY|CHAMPIGNY SUR MARNE|CHARLEVILLE MEZIERES|CHARTRES|CHATEAUROUX|CHAUMONT|CHERBOURG|CHOLET|CLAMART|CLERMONT FERRAND|CLICHY|COLMAR|COLOMBES|COURBEVOIE|CRETEIL|DAX|DIEPPE|DIGNE|DIJON|DRANCY|DUNKERQUE|EPINAL|EVREUX|EVRY|FOIX|FORT DE FRANCE|FREJUS|GAP|GRENOBLE|GUERET|HYERES|IVRY SUR SEINE|LA DEFENSE|LA ROCHE SUR YON|LA ROCHELLE|LAON|LAVAL|LE HAVRE|LE MANS|LE PUY|LEVALLOIS PERRET|LEVALLOIS|LILLE|LIMOGES|LONS LE SAUNIER|LORIENT|LYON|MACON|MARSEILLE|MAUBEUGE|MEAUX|MELUN|MENDE|MERIGNAC|METZ|MONT DE MARSAN|MONTAUBAN|MONTPELLIER|MONTREUIL|MOULINS|MULHOUSE|NANCY|NANTERRE|NANTES|NARBONNE|NEUILLY SUR SEINE|NEUILLY|NEVERS|NICE|NIMES|NIORT|ORLEANS|ORLY|PANTIN|PARIS|PAU|PERIGUEUX|PERPIGNAN|PESSAC|POITIERS|PRIVAS|QUIMPER|REIMS|RENNES|ROANNE|RODEZ|ROISSY|ROUBAIX|ROUEN|RUEIL MALMAISON|RUEIL|SAINT BRIEUC|SAINT DENIS|SAINT ETIENNE|SAINT LO|SAINT MALO|SAINT MAUR DES FOSSES|SAINT NAZAIRE|SAINT OUEN|SAINT PIERRE|SAINT QUENTIN|SARCELLES|STRASBOURG|TARBES|TOULON|TOULOUSE|TOURCOING|TOURS|TROYES|TULLE|VALENCE|VALENCIENNES|VANNES|VERSAILLES|VESOUL|VICHY|VILLEJUIF|VILLENEUVE D ASCQ|VILLEURBANNE|VINCENNES|VITRY SUR SEINE|AMSTERDAM|ANTWERPEN|BARCELONA|BARCELONE|BASEL|BERLIN|BRUGES|BRUSSELS|BRUXELLES|CASABLANCA|COPENHAGEN|CORK|DUBAI|DUBLIN|EDINBURGH|FRANKFURT|GENEVE|HAMBURG|LAUSANNE|LIEGE|LISBOA|LISBONNE|LISBON|LONDON|LONDRES|LUXEMBOURG|MADRID|MILANO|MILAN|MONACO|MONTREAL|MUNICH|NAMUR|NEW YORK|PORTO|ROMA|ROME|SAN FRANCISCO|SEATTLE|SEVILLA|STOCKHOLM|TOKYO|TORINO|TUNIS|VIENNA|WIEN|ZURICH`.split('|'))
const COUNTRIES = new Set('FR FRA GB GBR UK US USA DE DEU ES ESP IT ITA BE BEL NL NLD LU LUX IE IRL CH CHE PT PRT'.split(' '))
const WORDS_MAX = 4
/** "BOULANGERIE DE PARIS" is a name, not a place. */
const LINKS = new Set(['DE', 'DU', 'DES', 'D', 'LA', 'LE', 'LES', 'A', 'AU', 'EN', 'OF', 'THE'])

function townOf(words: readonly string[]): boolean {
  const text = words.join(' ')
  return TOWNS.has(text) || TOWNS.has(text.replace(/^ST /, 'SAINT ').replace(/^STE /, 'SAINTE '))
}

/** The words of a label cut into a name and the town it ends with ("LECLERC LE MANS FR"). Undefined when it ends with none that is known, or is nothing else. */
export function endingTown(words: readonly string[]): { readonly name: readonly string[]; readonly town: string } | undefined {
  let end = words.length
  while (end > 2 && COUNTRIES.has(words[end - 1]!)) end -= 1
  // A district or a postcode may follow or precede the town: "PARIS 12", "75012 PARIS".
  const district = end > 2 && /^\d{1,2}(?:E|EME)?$|^\d{5}$/.test(words[end - 1]!) ? 1 : 0
  for (let length = Math.min(WORDS_MAX, end - district - 1); length > 0; length -= 1) {
    const start = end - district - length
    const town = words.slice(start, end - district)
    if (!townOf(town)) continue
    const before = start > 1 && /^\d{5}$/.test(words[start - 1]!) ? start - 1 : start
    return before < 1 || LINKS.has(words[before - 1]!) ? undefined : { name: words.slice(0, before), town: town.join(' ') }
  }
  return undefined
}

/** The same for the banks that write the town first ("PARIS MONOPRIX"). */
export function startingTown(words: readonly string[]): { readonly name: readonly string[]; readonly town: string } | undefined {
  for (let length = Math.min(WORDS_MAX, words.length - 1); length > 0; length -= 1) {
    const town = words.slice(0, length)
    if (townOf(town)) return { name: words.slice(length).filter((word, index) => index > 0 || !/^\d{1,2}(?:E|EME)?$/.test(word)), town: town.join(' ') }
  }
  return undefined
}
