/**
 * Words of French bank labels that tell a default category by themselves, for the first days of a company, when it has taught
 * nothing yet. Public bodies, taxes, large brands and common nouns only. A person's decision always weighs more.
 */
const WORDS: Readonly<Record<string, string>> = {
  social_charges: 'URSSAF MSA CIPAV SSI', pension: 'AG2R MALAKOFF HUMANIS KLESIA PROBTP AGIRC ARRCO MUTUELLE PREVOYANCE ALAN', salary: 'SALAIRE SALAIRES PAIE PAYE REMUNERATION',
  tax_vat: 'TVA', tax_income: 'IMPOTS', tax_payroll: 'PASDSN', tax_local: 'CFE CVAE FONCIERE', fines: 'AMENDE AMENDES ANTAI CONTRAVENTION',
  bank_fees: 'COTISATION COMMISSION COMMISSIONS FRAIS TENUE AGIOS', interest: 'INTERETS', loan_repayment: 'PRET EMPRUNT', internal_transfer: 'INTERNE', cash_withdrawal: 'RETRAIT DAB VERSEMENT ESPECES',
  rent: 'LOYER LOYERS SCI FONCIA NEXITY', energy: 'EDF ENGIE ENEDIS VEOLIA SUEZ TOTALENERGIES EAUX GAZ ELECTRICITE', telecom: 'ORANGE SFR BOUYGUES FREE SOSH TELECOM',
  software: 'OVH OVHCLOUD MICROSOFT GOOGLE ADOBE NOTION SLACK ZOOM GITHUB DROPBOX ATLASSIAN GANDI SCALEWAY', postage: 'POSTE COLISSIMO CHRONOPOST',
  insurance: 'ASSURANCE ASSURANCES AXA ALLIANZ MAIF MACIF MAAF MATMUT GROUPAMA GENERALI HISCOX', professional_fees: 'AVOCAT AVOCATS NOTAIRE EXPERTISE COMPTABLE HONORAIRES HUISSIER',
  travel: 'SNCF RATP UBER BOLT TAXI TAXIS AIR EASYJET RYANAIR TRANSAVIA TRAINLINE BLABLACAR', hotel: 'HOTEL HOTELS IBIS NOVOTEL MERCURE CAMPANILE AIRBNB BOOKING', restaurant: 'RESTAURANT BRASSERIE BISTROT CAFE PIZZERIA DELIVEROO TRAITEUR BOULANGERIE',
  fuel: 'CARBURANT STATION ESSO SHELL AVIA', tolls: 'PEAGE PEAGES AUTOROUTE AUTOROUTES VINCI APRR SANEF ASF ULYS PARKING INDIGO STATIONNEMENT', vehicle_lease: 'ARVAL ALD LEASEPLAN HERTZ SIXT EUROPCAR', vehicle_repair: 'GARAGE NORAUTO MIDAS EUROMASTER FEUVERT',
  office_supplies: 'PAPETERIE LYRECO BRUNEAU FOURNITURES', small_equipment: 'BRICOLAGE QUINCAILLERIE OUTILLAGE CASTORAMA', advertising: 'FACEBOOK META LINKEDIN PUBLICITE IMPRIMEUR', training: 'FORMATION CEGOS',
  card_payouts: 'STRIPE SUMUP ZETTLE PAYPLUG MOLLIE', temporary_staff: 'INTERIM ADECCO MANPOWER RANDSTAD', dividends: 'DIVIDENDE DIVIDENDES', capital: 'CAPITAL', subsidies: 'SUBVENTION SUBVENTIONS BPIFRANCE',
}

const KEY_OF: ReadonlyMap<string, string> = new Map(Object.entries(WORDS).flatMap(([key, words]) => words.split(' ').map((word) => [word, key] as const)))

/** The keys of default categories that the words of a label name, each once, in reading order. */
export function lexiconKeys(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => KEY_OF.get(word) ?? []))]
}
