import { expect, test } from 'vitest'
import { continuityOf } from '../../../../core/bank/continuity.ts'
import { checkProfile } from '../../../../core/bank/mapping-check.ts'
import { formatAmount } from '../../../../core/kernel/money.ts'
import { readStatements, type ReadOptions } from '../../read-statements.ts'
import { sniff } from '../sniff.ts'
import { CSV_PROFILES } from './index.ts'

type Case = { readonly text: string; readonly lines: readonly string[]; readonly continuity?: string; readonly options?: ReadOptions }

/** One invented file per profile, in the layout that its source describes; the lines are written by hand from the rows. */
const CASES: Readonly<Record<string, Case>> = {
  'bnp-paribas': {
    text: 'Compte de chèques;Compte de chèques;****1234;31/03/2026;;1 234,50\n\nDate operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n02/03/2026;CB SHOP;CARTE;FACTURE CARTE DU 01/03 SHOP;-12,30\n03/03/2026;VIR;VIREMENT;VIR SEPA RECU CLIENT;1 200,00\n',
    lines: ['2026-03-02 -12.30 EUR | FACTURE CARTE DU 01/03 SHOP', '2026-03-03 1200.00 EUR | VIR SEPA RECU CLIENT'],
  },
  boursobank: {
    text: 'dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n2026-03-02;2026-03-03;"CARTE 01/03/26 SHOP";"A";"B";"shop";-12,30;;00040;Compte;100.00\n2026-03-03;2026-03-03;"VIR CLIENT";"A";"B";"";1 200,00;;00040;Compte;100.00\n',
    lines: ['2026-03-02 -12.30 EUR | CARTE 01/03/26 SHOP', '2026-03-03 1200.00 EUR | VIR CLIENT'],
  },
  'caisse-epargne': {
    text: 'Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation\n02/03/2026;SHOP;CB SHOP;R1;;Carte bancaire;A;B;-12,30;;01/03/2026;02/03/2026;0\n03/03/2026;CLIENT;VIR CLIENT;R2;;Virement recu;A;B;;1200,00;03/03/2026;03/03/2026;0\n',
    lines: ['2026-03-02 -12.30 EUR | CB SHOP Carte bancaire', '2026-03-03 1200.00 EUR | VIR CLIENT Virement recu'],
  },
  'capital-one': {
    text: 'Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n2026-03-01,2026-03-02,1234,SHOP,Merchandise,12.30,\n2026-03-03,2026-03-03,1234,CAPITAL ONE MOBILE PYMT,Payment/Credit,,200.00\n',
    lines: ['2026-03-02 -12.30 USD | SHOP', '2026-03-03 200.00 USD | CAPITAL ONE MOBILE PYMT'],
  },
  'capital-one-360': {
    text: 'Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance\n1122,Deposit from PAYROLL,03/05/26,Credit,500,587.70\n1122,Debit Card Purchase - SHOP,03/02/26,Debit,12.3,87.70\n',
    lines: ['2026-03-05 500.00 USD | Deposit from PAYROLL', '2026-03-02 -12.30 USD | Debit Card Purchase - SHOP'], continuity: 'proven',
  },
  chase: {
    text: 'Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\nDEBIT,03/04/2026,"SHOP",-12.30,DEBIT_CARD,187.70,,\nCREDIT,03/02/2026,"PAYROLL",100.00,ACH_CREDIT,200.00,,\n',
    lines: ['2026-03-04 -12.30 USD | SHOP', '2026-03-02 100.00 USD | PAYROLL'], continuity: 'proven',
  },
  'chase-card': {
    text: 'Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n03/01/2026,03/02/2026,SHOP,Shopping,Sale,-12.30,\n03/03/2026,03/03/2026,Payment Thank You,,Payment,200.00,\n', lines: ['2026-03-02 -12.30 USD | SHOP', '2026-03-03 200.00 USD | Payment Thank You'],
  },
  cic: {
    text: 'Date;Date de valeur;Débit;Crédit;Libellé;Solde\n02/03/2026;02/03/2026;-12,30;;CB SHOP;87,70\n03/03/2026;03/03/2026;;1200,00;VIR CLIENT;1287,70\n', lines: ['2026-03-02 -12.30 EUR | CB SHOP', '2026-03-03 1200.00 EUR | VIR CLIENT'], continuity: 'proven',
  },
  'cic-amount': { text: 'Date;Date de valeur;Montant;Libellé;Solde\n02/03/2026;02/03/2026;-12,30;CB SHOP;87,70\n03/03/2026;03/03/2026;1200,00;VIR CLIENT;1287,70\n', lines: ['2026-03-02 -12.30 EUR | CB SHOP', '2026-03-03 1200.00 EUR | VIR CLIENT'], continuity: 'proven' },
  'credit-agricole': {
    text: 'Téléchargement du 05/04/2026;\n\nMme CLAIRE DUPONT\nCompte de Dépôt carte n° 12345678901\nSolde au 31/03/2026 1 234,56 €\n\nDate;Libellé;Débit euros;Crédit euros;\n02/03/2026;"PAIEMENT\nSHOP";12,30;;\n03/03/2026;"VIREMENT";;1 200,00;\n',
    lines: ['2026-03-02 -12.30 EUR | PAIEMENT SHOP', '2026-03-03 1200.00 EUR | VIREMENT'],
  },
  desjardins: {
    text: '"Caisse du Nord","1234567","EOP","2026/03/02","00001","Achat /SHOP","",12.30,"","","","","",987.70\n"Caisse du Nord","1234567","EOP","2026/03/03","00002","Dépôt","","",100.00,"","","","",1087.70\n',
    lines: ['2026-03-02 -12.30 CAD | Achat /SHOP', '2026-03-03 100.00 CAD | Dépôt'], continuity: 'proven', options: { profile: 'desjardins' },
  },
  discover: { text: 'Trans. Date,Post Date,Description,Amount,Category\n03/01/2026,03/02/2026,"SHOP",12.30,"Merchandise"\n03/03/2026,03/03/2026,"CASHBACK",-5.00,"Awards"\n', lines: ['2026-03-02 -12.30 USD | SHOP', '2026-03-03 5.00 USD | CASHBACK'] },
  fortuneo: { text: 'Date opération;Date valeur;libellé;Débit;Crédit;\n02/03/2026;03/03/2026;CB SHOP;-12,3;\n03/03/2026;03/03/2026;VIR CLIENT;;1200;\n', lines: ['2026-03-02 -12.30 EUR | CB SHOP', '2026-03-03 1200.00 EUR | VIR CLIENT'] },
  'la-banque-postale': {
    text: 'Numéro Compte   :;1234567A020\nType         :;CCP\nCompte tenu en  :;euros\nDate            :;31/03/2026\nSolde (EUROS)   :;980,10\n\nDate;Libellé;Montant(EUROS)\n02/03/2026;"ACHAT CB SHOP";-12,30\n03/03/2026;"VIREMENT DE CLIENT";1200,00\n',
    lines: ['2026-03-02 -12.30 EUR | ACHAT CB SHOP', '2026-03-03 1200.00 EUR | VIREMENT DE CLIENT'],
  },
  n26: {
    text: '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"\n2026-03-02,2026-03-02,"Shop",,"Presentment","","Main Account",-12.3,13.5,USD,0.91\n2026-03-03,2026-03-03,"Client",FR1420041010050500013M02606,"Credit Transfer","Facture 12","Main Account",1200.0,,,\n',
    lines: ['2026-03-02 -12.30 EUR | Presentment', '2026-03-03 1200.00 EUR | Credit Transfer Facture 12'],
  },
  'n26-before-2023': {
    text: '"Date","Payee","Account number","Transaction type","Payment reference","Amount (EUR)","Amount (Foreign Currency)","Type Foreign Currency","Exchange Rate"\n"2022-03-02","Shop","","MasterCard Payment","","-12.3","-13.5","USD","0.91"\n"2022-03-03","Client","FR1420041010050500013M02606","Income","Facture 12","1200.0","","",""\n',
    lines: ['2022-03-02 -12.30 EUR | MasterCard Payment', '2022-03-03 1200.00 EUR | Income Facture 12'],
  },
  paypal: {
    text: '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","Transaction ID","Balance","Balance Impact"\n"15/03/2026","10:00:00","CET","Buyer","Express Checkout Payment","Completed","EUR","100,00","-3,20","96,80","a@example.org","TX1","96,80","Credit"\n"15/03/2026","10:00:00","CET","Buyer","Order","Completed","EUR","100,00","0,00","100,00","a@example.org","TX0","96,80","Memo"\n"16/03/2026","11:00:00","CET","","General Withdrawal","Completed","EUR","-96,80","0,00","-96,80","","TX2","0,00","Debit"\n',
    lines: ['2026-03-15 96.80 EUR | Express Checkout Payment (fee 3.20)', '2026-03-16 -96.80 EUR | General Withdrawal'], continuity: 'proven',
  },
  'paypal-fr': {
    text: '"Date","Heure","Fuseau horaire","Nom","Type","État","Devise","Avant commission","Commission","Net","Numéro de transaction","Solde","Impact sur le solde"\n"15/03/2026","10:00:00","CET","Acheteur","Paiement","Terminé","EUR","100,00","-3,20","96,80","TX1","96,80","Crédit"\n"16/03/2026","11:00:00","CET","","Virement","Terminé","EUR","-96,80","0,00","-96,80","TX2","0,00","Débit"\n',
    lines: ['2026-03-15 96.80 EUR | Paiement (fee 3.20)', '2026-03-16 -96.80 EUR | Virement'], continuity: 'proven',
  },
  plaid: {
    text: 'transaction_id,account_id,date,authorized_date,name,merchant_name,amount,iso_currency_code,pending\nt1,a1,2026-03-02,2026-03-01,SHOP 123,Shop,12.3,USD,false\nt2,a1,2026-03-03,,PAYROLL,,-1200,USD,false\nt3,a1,2026-03-04,,CAFE,,4.5,USD,true\n',
    lines: ['2026-03-02 -12.30 USD | SHOP 123', '2026-03-03 1200.00 USD | PAYROLL', '2026-03-04 -4.50 USD | CAFE (pending)'],
  },
  qonto: {
    text: 'Status,Settlement date (UTC),Operation date (UTC),Total amount (incl. VAT),Currency,Counterparty name,Payment method,IBAN,Reference\nsettled,02-03-2026 10:00:00,01-03-2026 09:00:00,-12.30,EUR,Shop,Card,,\nsettled,13-03-2026 10:00:00,13-03-2026 09:00:00,1200.00,EUR,Client,Transfer,,Facture 12\ndeclined,,14-03-2026 09:00:00,-50.00,EUR,Other,Card,,\npending,,15-03-2026 09:00:00,-8.00,EUR,Cafe,Card,,\n',
    lines: ['2026-03-02 -12.30 EUR | Card', '2026-03-13 1200.00 EUR | Facture 12 Transfer', '2026-03-15 -8.00 EUR | Card (pending)'],
  },
  'qonto-fr': {
    text: 'Statut;Date de la valeur (local);Nom de la contrepartie;Montant total (TTC);Débit;Crédit;Solde;Devise;Nom du compte;IBAN du compte\nExécuté;15-02-2026;Client;1000,00;;1000,00;5000,00;EUR;Compte principal;FR1420041010050500013M02606\nExécuté;27-02-2026;Shop;-200,00;200,00;;4800,00;EUR;Compte principal;FR1420041010050500013M02606\n',
    lines: ['2026-02-15 1000.00 EUR | Client', '2026-02-27 -200.00 EUR | Shop'], continuity: 'proven',
  },
  rbc: {
    text: '"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"\nChequing,00010-5858402,3/2/2026,,"SHOP","GATINEAU QC",-12.30,\nChequing,00010-5858402,3/13/2026,,"PAY",,1200.00,\n', lines: ['2026-03-02 -12.30 CAD | SHOP GATINEAU QC', '2026-03-13 1200.00 CAD | PAY'],
  },
  'rbc-usd': {
    text: '"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"\nSavings,00010-5858403,3/2/2026,,"SHOP","",,-12.30\n', lines: ['2026-03-02 -12.30 USD | SHOP'], options: { profile: 'rbc-usd' },
  },
  revolut: {
    text: 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nATM,Current,2026-03-02 10:00:00,2026-03-02 10:00:01,Cash,-20.00,0.50,EUR,COMPLETED,75.50\nTOPUP,Current,2026-03-03 10:00:00,2026-03-03 10:00:01,Top-up,50.00,0.00,EUR,COMPLETED,125.50\nCARD_PAYMENT,Current,2026-03-04 10:00:00,,Shop,-9.00,0.00,EUR,REVERTED,\nCARD_PAYMENT,Current,2026-03-05 10:00:00,,Cafe,-4.00,0.00,EUR,PENDING,\n',
    lines: ['2026-03-02 -20.50 EUR | ATM Cash (fee 0.50)', '2026-03-03 50.00 EUR | TOPUP Top-up', '2026-03-05 -4.00 EUR | CARD_PAYMENT Cafe (pending)'], continuity: 'proven',
  },
  'revolut-fr': {
    text: 'Type,Produit,Date de début,Date de fin,Description,Montant,Frais,Devise,État,Solde\nRetrait,Valeur actuelle,2026-03-02 10:00:00,2026-03-02 10:00:01,Espèces,-20.00,0.50,EUR,TERMINÉ,75.50\nAjout de fonds,Valeur actuelle,2026-03-03 10:00:00,2026-03-03 10:00:01,Recharge,50.00,0.00,EUR,TERMINÉ,125.50\nPaiement,Valeur actuelle,2026-03-05 10:00:00,,Café,-4.00,0.00,EUR,EN ATTENTE,\n',
    lines: ['2026-03-02 -20.50 EUR | Retrait Espèces (fee 0.50)', '2026-03-03 50.00 EUR | Ajout de fonds Recharge', '2026-03-05 -4.00 EUR | Paiement Café (pending)'], continuity: 'proven',
  },
  'revolut-business': {
    text: 'Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Orig currency,Orig amount,Payment currency,Amount,Fee,Balance,Account,Beneficiary IBAN\n2026-03-01,2026-03-02,r1,TRANSFER,COMPLETED,To Supplier,F12,Ann,EUR,-100.00,EUR,-100.00,0.20,899.80,Main,FR1420041010050500013M02606\n2026-03-03,2026-03-03,r2,TOPUP,COMPLETED,From Client,,,EUR,50.00,EUR,50.00,0.00,949.80,Main,\n',
    lines: ['2026-03-02 -100.20 EUR | TRANSFER To Supplier F12 (fee 0.20)', '2026-03-03 50.00 EUR | TOPUP From Client'], continuity: 'proven',
  },
  'societe-generale': {
    text: '="0300300123400050123456";01/03/2026;31/03/2026;2;31/03/2026;1 234,00 EUR\n\nDate de l\'opération;Libellé;Détail de l\'écriture;Montant de l\'opération;Devise\n02/03/2026;CARTE X1234;CARTE X1234 01/03 SHOP;-12,30;EUR\n03/03/2026;VIR RECU;VIR RECU DE CLIENT;1200,00;EUR\n',
    lines: ['2026-03-02 -12.30 EUR | CARTE X1234 01/03 SHOP', '2026-03-03 1200.00 EUR | VIR RECU DE CLIENT'],
  },
  stripe: {
    text: 'automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,available_on,currency,gross,fee,net,reporting_category,description\npo_1,2026-03-05 00:00:00,txn_1,2026-03-02 14:03:00,2026-03-05 00:00:00,eur,120.00,3.78,116.22,charge,Cours\npo_1,2026-03-05 00:00:00,txn_2,2026-03-05 01:00:00,2026-03-05 00:00:00,eur,-116.22,0.00,-116.22,payout,\n',
    lines: ['2026-03-02 116.22 EUR | charge Cours (fee 3.78)', '2026-03-05 -116.22 EUR | payout'],
  },
  'stripe-balance': {
    text: 'id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description\ntxn_1,charge,ch_1,120.00,3.78,116.22,usd,2026-03-02 14:03,2026-03-05 00:00,Course\ntxn_2,refund,re_1,-20.00,0.00,-20.00,usd,2026-03-03 14:03,2026-03-06 00:00,Refund\n', lines: ['2026-03-02 116.22 USD | charge Course (fee 3.78)', '2026-03-03 -20.00 USD | refund Refund'],
  },
  wise: {
    text: '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Payer Name","Payee Name","Payee Account Number",Merchant\nTRANSFER-2,03-03-2026,-200.00,EUR,Sent money to Supplier,F12,1000.00,,,Supplier,,\nTRANSFER-1,02-03-2026,1200.00,EUR,Received money from Client,,1200.00,,Client,,,\n',
    lines: ['2026-03-03 -200.00 EUR | Sent money to Supplier', '2026-03-02 1200.00 EUR | Received money from Client'], continuity: 'proven',
  },
}

const BANKS = CSV_PROFILES.filter((profile) => profile.columns !== undefined)

test('every shipped profile is good, has a name of its own, and a bank\'s says where its facts come from', () => {
  for (const profile of CSV_PROFILES) expect([profile.name, checkProfile(JSON.parse(JSON.stringify(profile))).ok]).toEqual([profile.name, true])
  expect(new Set(CSV_PROFILES.map((profile) => profile.name)).size).toBe(CSV_PROFILES.length)
  expect(BANKS.filter((profile) => !profile.source).map((profile) => profile.name)).toEqual([])
  expect(Object.keys(CASES).toSorted()).toEqual(BANKS.map((profile) => profile.name).toSorted())
})

function shown(text: string, options: ReadOptions) {
  const { statements, problems } = readStatements(Buffer.from(text), options)
  return {
    errors: problems.filter((found) => found.severity === 'error'), continuity: statements.map(continuityOf),
    lines: statements.flatMap((statement) => statement.lines.map((line) => `${line.bookedOn} ${formatAmount(line.minor, line.currency)} ${line.currency} | ${line.label}${line.fee === undefined ? '' : ` (fee ${formatAmount(line.fee, line.currency)})`}${line.status === 'pending' ? ' (pending)' : ''}`)),
  }
}

test.each(Object.entries(CASES))('%s: its files are recognised by their titles and read to the cent, and the same when the profile is named', (name, { text, lines, continuity, options }) => {
  const sniffed = sniff(text, true)
  if (!options) expect(sniffed.kind === 'table' ? sniffed.layout.profile?.name : sniffed).toBe(name)
  const found = shown(text, options ?? {})
  expect(found.errors).toEqual([])
  expect(found.lines).toEqual(lines)
  if (continuity) expect(found.continuity[0]).toBe(continuity)
  expect(shown(text, { profile: name })).toEqual(found)
})

test('a named profile that a file does not have is refused, and so is a name that nobody knows', () => {
  const codes = (options: ReadOptions) => readStatements(Buffer.from(CASES['chase']!.text), options).problems.map((found) => found.code)
  expect(codes({ profile: 'qonto' })).toEqual(['PROFILE_MISMATCH'])
  expect(codes({ profile: 'nobody' })).toEqual(['PROFILE_UNKNOWN'])
})

test('the running balance of a file prevails over a profile that was only recognised', () => {
  const text = 'Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\nDEBIT,03/02/2026,"A",10.00,X,90.00,\nCREDIT,03/03/2026,"B",-5.00,X,95.00,\nDEBIT,03/04/2026,"C",20.00,X,75.00,\n'
  expect(shown(text, {}).lines).toEqual(['2026-03-02 -10.00 USD | A', '2026-03-03 5.00 USD | B', '2026-03-04 -20.00 USD | C'])
})
