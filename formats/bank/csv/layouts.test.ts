import { expect, test } from 'vitest'
import { formatAmount } from '../../../core/kernel/money.ts'
import { continuityOf } from '../../../core/bank/continuity.ts'
import { readStatements } from '../read-statements.ts'

type Expected = { readonly lines: readonly string[]; readonly continuity?: string; readonly codes?: readonly string[] }

/** Layouts of real banks with invented movements. Each line is "date amount currency | label | counterparty | own id". */
const LAYOUTS: readonly (readonly [string, string, Expected])[] = [
  ['a French regional bank: long preamble, debit and credit in euros, labels on several lines', `Téléchargement du 05/04/2026;;;;
;;;;
Mme CLAIRE DUPONT;;;;
Compte de Dépôt carte n° 12345678901;;;;
Solde au 31/03/2026 1 234,56 €;;;;
;;;;
Liste des opérations du compte entre le 01/03/2026 et le 31/03/2026;;;;
;;;;
Date;Libellé;Débit euros;Crédit euros;
02/03/2026;"PAIEMENT PAR CARTE
X1234 BOULANGERIE 01/03   ";12,50;;
13/03/2026;"VIREMENT EN VOTRE FAVEUR
DUPUIS SARL   FACTURE 2026-14";;1 500,00;
`, { lines: ['2026-03-02 -12.50 EUR | PAIEMENT PAR CARTE X1234 BOULANGERIE 01/03', '2026-03-13 1500.00 EUR | VIREMENT EN VOTRE FAVEUR DUPUIS SARL FACTURE 2026-14'] }],
  ['a French postal bank: stated balance above, two amounts in two currencies', `Numéro Compte   :;1234567A020
Type         :;CCP
Compte tenu en  :;euros
Date            :;03/04/2026
Solde (EUROS)   :;980,10
Solde (FRANCS)  :;6428,99

Date;Libellé;Montant(EUROS);Montant(FRANCS)
03/04/2026;"PRELEVEMENT DE EDF";-62,00;-406,69
14/03/2026;"VIREMENT DE M MARTIN";200,00;1311,91
`, { lines: ['2026-04-03 -62.00 EUR | PRELEVEMENT DE EDF', '2026-03-14 200.00 EUR | VIREMENT DE M MARTIN'] }],
  ['a French savings bank: booking, operation and value dates, signed debit column', `Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation
15/01/2026;CARREFOUR;CB CARREFOUR FACT 130126;ABC123;;Carte bancaire;Alimentation;Hyper/supermarche;-45,20;;13/01/2026;15/01/2026;0
12/01/2026;SALAIRE;VIR SALAIRE;DEF456;PAIE;Virement recu;Revenus;Salaires;;+2500,00;12/01/2026;12/01/2026;0
`, { lines: ['2026-01-15 -45.20 EUR | CB CARREFOUR FACT 130126 Carte bancaire', '2026-01-12 2500.00 EUR | VIR SALAIRE PAIE Virement recu'] }],
  ['a French mutual bank: balance after each row, newest last', `Date;Date de valeur;Débit;Crédit;Libellé;Solde
01/02/2026;01/02/2026;-10,00;;FRAIS TENUE DE COMPTE;90,00
03/02/2026;04/02/2026;;250,00;VIR CLIENT A;340,00
05/02/2026;05/02/2026;-40,00;;PRLV ASSURANCE;300,00
`, { lines: ['2026-02-01 -10.00 EUR | FRAIS TENUE DE COMPTE', '2026-02-03 250.00 EUR | VIR CLIENT A', '2026-02-05 -40.00 EUR | PRLV ASSURANCE'], continuity: 'proven' }],
  ['a French online bank: lower-case camel titles and the account on each row', `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-03-27;2026-03-27;"CARTE 26/03/26 MONOPRIX CB*1234";"Alimentation";"Vie quotidienne";"monoprix";-23,10;;00040123456;"BoursoBank";1024.50
2026-03-26;2026-03-26;"VIR SEPA LOYER";"Loyers";"Logement";"";-800,00;;00040123456;"BoursoBank";1047.60
`, { lines: ['2026-03-27 -23.10 EUR | CARTE 26/03/26 MONOPRIX CB*1234 | monoprix', '2026-03-26 -800.00 EUR | VIR SEPA LOYER'] }],
  ['a French commercial bank without titles, a total on its last line', `02/02/2026;-20,00;Carte;;CB  RATP;0;Transports
06/02/2026;1200,00;Virement;;VIREMENT CLIENT B;0;Revenus
27/02/2026;-13,37;Prélèvement;;PRLV TELECOM;0;Divers
`, { lines: ['2026-02-02 -20.00 EUR | Carte CB RATP Transports', '2026-02-06 1200.00 EUR | Virement VIREMENT CLIENT B Revenus', '2026-02-27 -13.37 EUR | Prélèvement PRLV TELECOM Divers'] }],
  ['a French large bank: account in an Excel formula above, currency on each row', `="0300300123400050123456";01/01/2026;31/01/2026;3;31/01/2026;1 234,00 EUR
Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
05/01/2026;VIR RECU;VIR RECU DE CLIENT C MOTIF FACT 12;1 300,00;EUR
20/01/2026;CARTE X1234;CARTE X1234 19/01 SNCF;-66,00;EUR
`, { lines: ['2026-01-05 1300.00 EUR | VIR RECU DE CLIENT C MOTIF FACT 12', '2026-01-20 -66.00 EUR | CARTE X1234 19/01 SNCF'] }],
  ['a German savings bank: two-digit years, order account before the other party', `"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE89370400440532013000";"27.02.26";"27.02.26";"GUTSCHR. UEBERWEISUNG";"RE 4711";"";"";"E2E-9";"Muster GmbH";"DE44500105175407324931";"INGDDEFFXXX";"1.190,00";"EUR";"Umsatz gebucht"
"DE89370400440532013000";"03.03.26";"03.03.26";"LASTSCHRIFT";"Strom";"";"";"";"Stadtwerke";"";"";"-85,00";"EUR";"Umsatz vorgemerkt"
`, { lines: ['2026-02-27 1190.00 EUR | GUTSCHR. UEBERWEISUNG RE 4711 | Muster GmbH DE44500105175407324931', '2026-03-03 -85.00 EUR | LASTSCHRIFT Strom | Stadtwerke (pending)'] }],
  ['a German cooperative bank: direction in an unnamed column, S and H', `Volksbank Musterstadt eG

Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Vorgang/Verwendungszweck;Währung;Umsatz;
30.01.2026;30.01.2026;Vermieter;Miete;EUR;750,00;S
28.01.2026;28.01.2026;Arbeitgeber AG;Lohn;EUR;2.100,00;H
`, { lines: ['2026-01-30 -750.00 EUR | Miete | Vermieter', '2026-01-28 2100.00 EUR | Lohn | Arbeitgeber AG'] }],
  ['a German direct bank: signed debit in Soll, credit in Haben, foot line', `Umsätze Girokonto;Zeitraum: 01.01.2026 - 31.01.2026

Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Soll;Haben;Währung
13.01.2026;13.01.2026;Kartenzahlung;REWE;Einkauf;;;-12,34;;EUR
20.01.2026;20.01.2026;Gutschrift;Kunde X;Rechnung 5;DE44500105175407324931;;;99,00;EUR
Kontostand;31.01.2026;;;1.000,00;EUR
`, { lines: ['2026-01-13 -12.34 EUR | Kartenzahlung Einkauf | REWE', '2026-01-20 99.00 EUR | Gutschrift Rechnung 5 | Kunde X DE44500105175407324931'] }],
  ['a Dutch bank: compact dates, Af and Bij', `"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","MutatieSoort","Mededelingen"
"20260114","Albert Heijn","NL91ABNA0417164300","","BA","Af","23,45","Betaalautomaat","Pasvolgnr 001"
"20260115","Klant BV","NL91ABNA0417164300","NL20INGB0001234567","GT","Bij","1.000,00","Online bankieren","Factuur 12"
`, { lines: ['2026-01-14 -23.45 EUR | Betaalautomaat Pasvolgnr 001 | Albert Heijn', '2026-01-15 1000.00 EUR | Online bankieren Factuur 12 | Klant BV NL20INGB0001234567'] }],
  ['another Dutch bank: signed with a plus, balance after each row', `"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Omschrijving-1","Omschrijving-2","Oorspr bedrag","Oorspr munt","Koers"
"NL91ABNA0417164300","EUR","RABONL2U","000001","2026-02-02","2026-02-02","-10,00","+90,00","","Winkel","Pin","","","",""
"NL91ABNA0417164300","EUR","RABONL2U","000002","2026-02-03","2026-02-03","+25,00","+115,00","NL20INGB0001234567","Klant","Factuur","7","","",""
`, { lines: ['2026-02-02 -10.00 EUR | Pin | Winkel', '2026-02-03 25.00 EUR | Factuur 7 | Klant NL20INGB0001234567'], continuity: 'proven' }],
  ['a Dutch bank without titles: account, day, balances before and after, amount', `123456789	EUR	20260105	100,00	80,00	20260105	-20,00	BEA 05.01.26 SUPERMARKT
123456789	EUR	20260106	80,00	130,00	20260106	50,00	SEPA OVERBOEKING KLANT
123456789	EUR	20260107	130,00	125,00	20260107	-5,00	KOSTEN
`, { lines: ['2026-01-05 -20.00 EUR | BEA 05.01.26 SUPERMARKT', '2026-01-06 50.00 EUR | SEPA OVERBOEKING KLANT', '2026-01-07 -5.00 EUR | KOSTEN'], continuity: 'proven' }],
  ['a Belgian bank', `Volgnummer;Uitvoeringsdatum;Valutadatum;Bedrag;Valuta rekening;Rekeningnummer;Type verrichting;Tegenpartij;Naam van de tegenpartij;Mededeling;Details;Status;Reden van weigering
2026-00012;12/02/2026;12/02/2026;-50,00;EUR;BE68539007547034;Overschrijving;BE71096123456769;Leverancier;+++090/9337/55493+++;;Geaccepteerd;
2026-00013;13/02/2026;13/02/2026;75,5;EUR;BE68539007547034;Overschrijving;BE71096123456769;Klant;Factuur 8;;Geaccepteerd;
`, { lines: ['2026-02-12 -50.00 EUR', '2026-02-13 75.50 EUR'] }],
  ['an Italian bank: Dare and Avere', `Data contabile;Data valuta;Dare;Avere;Divisa;Descrizione operazione
05/01/2026;05/01/2026;-120,00;;EUR;Pagamento fornitore
07/01/2026;07/01/2026;;1.500,00;EUR;Bonifico a vostro favore
`, { lines: ['2026-01-05 -120.00 EUR | Pagamento fornitore', '2026-01-07 1500.00 EUR | Bonifico a vostro favore'] }],
  ['a Spanish bank: newest first, running balance', `Fecha operación;Fecha valor;Concepto;Importe;Saldo
31/01/2026;31/01/2026;COMISION;-3,00;497,00
15/01/2026;15/01/2026;TRANSFERENCIA RECIBIDA;300,00;500,00
02/01/2026;02/01/2026;RECIBO LUZ;-50,00;200,00
`, { lines: ['2026-01-31 -3.00 EUR | COMISION', '2026-01-15 300.00 EUR | TRANSFERENCIA RECIBIDA', '2026-01-02 -50.00 EUR | RECIBO LUZ'], continuity: 'proven' }],
  ['a mobile bank: fees in their own column, a state, several currencies', `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
CARD_PAYMENT,Current,2026-01-02 10:00:00,2026-01-03 08:00:00,Cafe,-4.00,0.00,EUR,COMPLETED,96.00
ATM,Current,2026-01-04 10:00:00,2026-01-04 10:00:01,Cash,-20.00,0.50,EUR,COMPLETED,75.50
TOPUP,Current,2026-01-05 10:00:00,2026-01-05 10:00:01,Top-up,50.00,0.00,EUR,COMPLETED,125.50
CARD_PAYMENT,Current,2026-01-06 10:00:00,,Shop,-9.00,0.00,EUR,REVERTED,
TRANSFER,Current,2026-01-07 10:00:00,2026-01-07 10:00:01,From Ann,10.00,0.00,GBP,COMPLETED,10.00
`, { lines: ['2026-01-03 -4.00 EUR', '2026-01-04 -20.50 EUR', '2026-01-05 50.00 EUR', '2026-01-07 10.00 GBP'], continuity: 'proven' }],
  ['a payment service: gross, fee and net', `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","Transaction ID","Balance"
"15/01/2026","10:00:00","CET","Buyer","Express Checkout Payment","Completed","EUR","100,00","-3,20","96,80","a@example.org","TX1","96,80"
"16/01/2026","11:00:00","CET","","General Withdrawal","Completed","EUR","-96,80","0,00","-96,80","","TX2","0,00"
`, { lines: ['2026-01-15 96.80 EUR', '2026-01-16 -96.80 EUR'], continuity: 'proven' }],
  ['a British bank: money out and money in', `Date,Type,Description,Money Out,Money In,Balance
03 Jan 2026,DD,COUNCIL TAX,120.00,,880.00
05 Jan 2026,FPI,CLIENT LTD,,"1,000.00","1,880.00"
`, { lines: ['2026-01-03 -120.00 EUR', '2026-01-05 1000.00 EUR'], continuity: 'proven' }],
  ['a Swiss bank: apostrophes, foot lines, both columns positive', `Datum;Buchungstext;Belastung CHF;Gutschrift CHF;Valuta;Saldo CHF
31.01.2026;Gutschrift Kunde;;1'250.50;31.01.2026;11'250.50
15.01.2026;Miete;2'000.00;;15.01.2026;10'000.00

Anfangssaldo: 12'000.00
`, { lines: ['2026-01-31 1250.50 CHF', '2026-01-15 -2000.00 CHF'], continuity: 'proven' }],
  ['a Swedish bank', `Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2026/01/30;-99,00;;;;Autogiro;901,00;SEK
2026/01/02;1000,00;;;;Lön;1000,00;SEK
`, { lines: ['2026-01-30 -99.00 SEK | Autogiro', '2026-01-02 1000.00 SEK | Lön'], continuity: 'proven' }],
  ['a Baltic bank: balances and turnover as rows, D and K', `"Account No","","Date","Beneficiary","Details","Amount","Currency","D/K","Record ID"
"LT357300010000000000","10","2026-01-01","","Opening balance","100.00","EUR","K",""
"LT357300010000000000","20","2026-01-02","SHOP","Purchase","15.00","EUR","D","1"
"LT357300010000000000","20","2026-01-03","CLIENT","Invoice 3","40.00","EUR","K","2"
"LT357300010000000000","82","2026-01-03","","Turnover","15.00","EUR","D",""
"LT357300010000000000","82","2026-01-03","","Turnover","40.00","EUR","K",""
"LT357300010000000000","86","2026-01-03","","Closing balance","125.00","EUR","K",""
`, { lines: ['2026-01-02 -15.00 EUR | Purchase | SHOP', '2026-01-03 40.00 EUR | Invoice 3 | CLIENT'], continuity: 'proven' }],
  ['a Polish bank', `Data operacji,Data waluty,Typ transakcji,Kwota,Waluta,Opis transakcji
2026-01-14,2026-01-14,Płatność kartą,-59.90,PLN,Sklep
2026-01-15,2026-01-15,Przelew,+1500.00,PLN,Faktura 3
`, { lines: ['2026-01-14 -59.90 PLN', '2026-01-15 1500.00 PLN'] }],
  ['a Belgian bank: amount and pair together, value day under Valuta, two names', `Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling
BE68539007547034;Zicht;Wij BV;EUR;02026001;13/01/2026;OVERSCHRIJVING;13/01/2026;-20,00;80,00;;-20,00;NL20INGB0001234567;;Leverancier NV;;;factuur 3
BE68539007547034;Zicht;Wij BV;EUR;02026002;14/01/2026;STORTING;14/01/2026;50,00;130,00;50,00;;;;Klant;;;factuur 4
`, { lines: ['2026-01-13 -20.00 EUR | OVERSCHRIJVING factuur 3 | Leverancier NV NL20INGB0001234567', '2026-01-14 50.00 EUR | STORTING factuur 4 | Klant'], continuity: 'proven' }],
  ['a Quebec credit union without titles: withdrawals, deposits, balance', `"Caisse du Nord","1234567","EOP","2026/01/30","00001","Achat","",12.34,"","","","","",987.66
"Caisse du Nord","1234567","EOP","2026/01/31","00002","Dépôt","","",100.00,"","","","",1087.66
"Caisse du Nord","1234567","EOP","2026/01/31","00003","Frais","",1.50,"","","","","",1086.16
`, { lines: ['2026-01-30 -12.34 EUR', '2026-01-31 100.00 EUR', '2026-01-31 -1.50 EUR'], continuity: 'proven' }],
  ['a card issuer that counts purchases as positive', `Trans. Date,Post Date,Description,Amount,Category
01/14/2026,01/15/2026,BOOKSHOP,25.00,Merchandise
01/20/2026,01/20/2026,INTERNET PAYMENT - THANK YOU,-100.00,Payments and Credits
`, { lines: ['2026-01-15 -25.00 USD | BOOKSHOP', '2026-01-20 100.00 USD | INTERNET PAYMENT - THANK YOU'] }],
  ['a British mobile bank: an amount, its local amount, and a pair that repeats it', `Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_1,13/01/2026,10:00:00,Card payment,Cafe,,Eating out,-4.20,GBP,-5.00,EUR,,,,CAFE PARIS,,-4.20,
tx_2,14/01/2026,11:00:00,Faster payment,Client,,Income,100.00,GBP,100.00,GBP,,,,INV 7,,,100.00
`, { lines: ['2026-01-13 -4.20 GBP | Card payment CAFE PARIS | Cafe', '2026-01-14 100.00 GBP | Faster payment INV 7 | Client'] }],
  ['an American bank: dollars, month first', `Date,Description,Amount,Running Bal.
01/13/2026,Beginning balance as of 01/13/2026,,"$1,000.00"
01/14/2026,"ACME PAYROLL","2,000.00","$3,000.00"
02/03/2026,"RENT","-1,500.00","$1,500.00"
`, { lines: ['2026-01-14 2000.00 USD | ACME PAYROLL', '2026-02-03 -1500.00 USD | RENT'], continuity: 'proven' }],
]

function shown(text: string): { lines: string[]; continuity: string[]; codes: string[] } {
  const reading = readStatements(Buffer.from(text))
  expect(reading.format).toBe('csv')
  const lines = reading.statements.flatMap((statement) => statement.lines.map((line) => {
    const party = [line.counterparty.name, line.counterparty.iban].filter((part) => part !== null).join(' ')
    return [`${line.bookedOn} ${formatAmount(line.minor, line.currency)} ${line.currency}`, line.label, ...(party === '' ? [] : [party])].join(' | ') + (line.status === 'pending' ? ' (pending)' : '')
  }))
  return { lines, continuity: reading.statements.map(continuityOf), codes: reading.problems.map((found) => `${found.severity} ${found.code}`) }
}

for (const [name, text, expected] of LAYOUTS) {
  test(`reads ${name}`, () => {
    const { lines, continuity, codes } = shown(text)
    expect(codes.filter((code) => code.startsWith('error'))).toEqual([])
    expect(lines.map((line, index) => line.slice(0, expected.lines[index]?.includes('|') ? undefined : line.indexOf(' |')))).toEqual(expected.lines)
    if (expected.continuity) expect(continuity[0]).toBe(expected.continuity)
    if (expected.codes) expect(codes).toEqual(expected.codes)
  })
}
