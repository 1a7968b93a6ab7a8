import type { Nature } from '../../../../core/invoice/totals.ts'

/** How a customer pays: when it settles, and how its bank line reads. */
export type Manner = 'prompt' | 'usual' | 'slow' | 'late' | 'grouped' | 'cheque'

/** An invented customer: name, street, postal code, town, days to pay, manner, and what it buys. */
export type CustomerWords = readonly [name: string, address: string, postalCode: string, city: string, paymentDays: number, manner: Manner, buys: 'design' | 'works' | 'goods' | 'mixed']

/** Every name, street and town is invented; postal codes are of departments, not of towns. */
export const LUMEN_CUSTOMERS: readonly CustomerWords[] = [
  ['Hôtel des Trois Tilleuls', '4 place du Vieux Marché', '69000', 'Saint-Aubin-les-Prés', 30, 'usual', 'mixed'],
  ['Maison Verdier & Fils', '18 rue des Ateliers', '69000', 'Villeneuve-sur-Ardière', 30, 'prompt', 'goods'],
  ['Galerie Ombelle', '7 impasse des Peintres', '69000', 'Saint-Aubin-les-Prés', 30, 'late', 'design'],
  ['SCI Les Charmilles', '22 chemin des Vignes', '01000', 'Montbrel', 45, 'slow', 'works'],
  ['Restaurant La Table du Quai', '3 quai des Mariniers', '71000', 'Port-Lenoir', 30, 'usual', 'mixed'],
  ['Cabinet Orsel Architectes', '51 avenue de la Gare', '69000', 'Villeneuve-sur-Ardière', 45, 'grouped', 'design'],
  ['Théâtre du Petit Quai', '12 quai des Mariniers', '71000', 'Port-Lenoir', 30, 'slow', 'design'],
  ['Boulangerie Pain d\'Orge', '9 rue de la Halle', '69000', 'Saint-Aubin-les-Prés', 30, 'cheque', 'goods'],
  ['Clinique vétérinaire du Parc', '2 allée du Parc', '42000', 'Sainte-Colombe-la-Rive', 30, 'prompt', 'works'],
  ['Commune de Saint-Aubin-les-Prés', '1 place de la Mairie', '69000', 'Saint-Aubin-les-Prés', 30, 'slow', 'works'],
  ['Belvoir Gestion', '30 cours des Arcades', '69000', 'Villeneuve-sur-Ardière', 45, 'grouped', 'works'],
  ['Librairie Le Signet', '14 rue Basse', '71000', 'Port-Lenoir', 30, 'usual', 'goods'],
  ['Domaine des Hautes Vignes', 'Lieu-dit Les Combes', '71000', 'Combe-Rousse', 30, 'usual', 'mixed'],
  ['Agence Tramontane', '8 rue du Télégraphe', '69000', 'Villeneuve-sur-Ardière', 30, 'prompt', 'design'],
  ['Musée de la Soierie ancienne', '5 montée des Tisseurs', '69000', 'Saint-Aubin-les-Prés', 30, 'slow', 'design'],
  ['Crèche Les Petits Phares', '27 rue des Écoles', '42000', 'Sainte-Colombe-la-Rive', 30, 'prompt', 'works'],
  ['Pharmacie de la Grande Halle', '1 rue de la Halle', '69000', 'Saint-Aubin-les-Prés', 30, 'usual', 'goods'],
  ['La Fabrique Jaune', '60 rue de l\'Usine', '69000', 'Villeneuve-sur-Ardière', 30, 'late', 'mixed'],
  ['Spa Éclat de Lune', '11 route du Lac', '01000', 'Montbrel', 30, 'usual', 'mixed'],
  ['Menuiserie Brochet Frères', 'Zone artisanale du Pré Long', '42000', 'Sainte-Colombe-la-Rive', 30, 'cheque', 'goods'],
  ['Studio Kessel', '33 rue Basse', '71000', 'Port-Lenoir', 30, 'prompt', 'design'],
  ['Lycée privé Montaigu-le-Vieux', '19 boulevard des Remparts', '42000', 'Montaigu-le-Vieux', 45, 'slow', 'works'],
  ['Fromagerie d\'en Haut', 'Route du Col', '01000', 'Montbrel', 30, 'usual', 'goods'],
  ['Immobilière Quatre Saisons', '6 cours des Arcades', '69000', 'Villeneuve-sur-Ardière', 45, 'usual', 'works'],
  ['Garage moderne de l\'Ardière', '45 route nationale', '69000', 'Villeneuve-sur-Ardière', 30, 'late', 'works'],
]

/** Something the workshop sells: words, price before tax in cents, the most units on one line, TVA in hundredths of a percent. */
export type Offer = { readonly words: string; readonly cents: number; readonly unitsMax: number; readonly vatRate: 2000 | 1000 | 550; readonly nature: Nature }

const offer = (words: string, [cents, unitsMax, vatRate]: readonly [number, number, Offer['vatRate']], nature: Nature): Offer => ({ words, cents, unitsMax, vatRate, nature })

export const OFFERS: Readonly<Record<'design' | 'works' | 'goods', readonly Offer[]>> = {
  design: [
    offer('Étude d\'éclairage, journée', [79_000, 4, 2000], 'services'),
    offer('Plan lumière et notice technique', [168_000, 1, 2000], 'services'),
    offer('Suivi de chantier, demi-journée', [42_000, 4, 2000], 'services'),
    offer('Réglage des projecteurs et programmation', [61_000, 3, 2000], 'services'),
  ],
  works: [
    offer('Pose de luminaires, local achevé depuis plus de deux ans', [56_000, 5, 1000], 'services'),
    offer('Remplacement de tableau et câblage', [148_000, 1, 1000], 'services'),
    offer('Éclairage à faible consommation, travaux d\'amélioration énergétique', [96_000, 3, 550], 'services'),
    offer('Maintenance des éclairages de secours', [34_000, 4, 2000], 'services'),
    offer('Installation d\'éclairage extérieur', [115_000, 3, 2000], 'services'),
  ],
  goods: [
    offer('Suspension Alba, laiton brossé', [28_900, 6, 2000], 'goods'),
    offer('Applique Nivéole', [14_900, 10, 2000], 'goods'),
    offer('Projecteur sur rail 12 W', [9_850, 18, 2000], 'goods'),
    offer('Lampadaire Grand Héron', [71_500, 3, 2000], 'goods'),
    offer('Cahier « La lumière chez soi » (livre)', [2_800, 24, 550], 'goods'),
  ],
}

/** A supplier the workshop buys from: name, account of the charge, the amount before tax in cents (least, most), how many times a month. */
export type SupplierWords = { readonly code: string; readonly name: string; readonly account: string; readonly cents: readonly [number, number]; readonly aMonth: number; readonly words: string }

export const SUPPLIERS: readonly SupplierWords[] = [
  { code: 'F0001', name: 'Verrerie du Val Clair', account: '607000', cents: [112_000, 248_000], aMonth: 1, words: 'Luminaires et verreries' },
  { code: 'F0002', name: 'Électro-Négoce de l\'Ardière', account: '601000', cents: [42_000, 165_000], aMonth: 2, words: 'Fournitures électriques' },
  { code: 'F0003', name: 'Tournerie Lenoir-Basset', account: '604000', cents: [38_000, 91_000], aMonth: 1, words: 'Façonnage de pieds et de platines' },
]

/** Shops where the card is used: label of the bank, account of the charge, amount in cents TVA included (least, most), whether its TVA is deductible. */
export const CARD_SHOPS: readonly { readonly label: string; readonly account: string; readonly cents: readonly [number, number]; readonly hasVat: boolean }[] = [
  { label: 'STATION DU PRE LONG', account: '606140', cents: [4_800, 9_400], hasVat: true },
  { label: 'PAPETERIE CENTRALE', account: '606400', cents: [1_290, 8_650], hasVat: true },
  { label: 'QUINCAILLERIE DES QUAIS', account: '606300', cents: [1_840, 18_900], hasVat: true },
  { label: 'AUBERGE DU COL', account: '625700', cents: [2_800, 9_600], hasVat: false },
  { label: 'PEAGE AUTOROUTE', account: '625100', cents: [320, 2_780], hasVat: true },
  { label: 'ATELIER-LOGICIEL.EXEMPLE', account: '651100', cents: [1_900, 5_900], hasVat: true },
  { label: 'CHEMINS DE FER', account: '625100', cents: [3_400, 14_800], hasVat: false },
]
