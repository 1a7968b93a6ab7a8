/**
 * Classes 6 and 7 of the French chart of accounts (plan comptable général) in force on 2026-01-01: one account per line,
 * its number, a star when the account is optional ("facultatif"), and its official label.
 * Source: ANC, recueil des normes comptables, PCG consolidated at 2026-01-01, as published in machine-readable form by
 * arrhes/PCG (CC0-1.0), commit 36c63f5.
 */
export const PCG_2026_INCOME = `
6 Comptes de charges
60 Achats (sauf 603)
601 Achats stockés - Matières premières et fournitures
602 Achats stockés - Autres approvisionnements
6021* Matières consommables
6022* Fournitures consommables
60221* Combustibles
60222* Produits d'entretien
60223* Fournitures d'atelier et d'usine
60224* Fournitures de magasin
60225* Fourniture de bureau
6026* Emballages
60261* Emballages perdus
60262* Malis sur emballage
60265* Emballages récupérables non identifiables
60267* Emballages à usage mixte
603 Variation des stocks d'approvisionnements et de marchandises
6031 Variation des stocks de matières premières et fournitures
6032 Variation des stocks des autres approvisionnements
6037 Variation des stocks de marchandises
604 Achats d'études et prestations de services
605 Achats de matériel, équipements et travaux
606 Achats non stockés de matière et fournitures
6061* Fournitures non stockables (eau, énergie, etc.)
6063* Fournitures d'entretien et de petit équipement
6064* Fournitures administratives
6068* Autres matières et fournitures
607 Achats de marchandises
608 (Compte réservé, le cas échéant, au regroupement des frais accessoires incorporés aux achats)
609 Rabais, remises et ristournes obtenus sur achats (même ventilation que celle du compte 60)
6098* Rabais, remises et ristournes non affectés
61 Services extérieurs
611 Sous-traitance générale
612 Redevances de crédit-bail
6122 Crédit-bail mobilier
6125 Crédit-bail immobilier
613 Locations
6132* Locations immobilières
6135* Locations mobilières
614 Charges locatives et de copropriété
615 Entretien et réparation
6152* Entretien et réparation sur biens immobiliers
6155* Entretien et réparation sur biens mobiliers
6156* Maintenance
616 Primes d'assurances
6161* Multirisques
6162* Assurance obligatoire dommage construction
6163* Assurance - transport
61636* sur achats
61637* sur ventes
61638* sur autres biens
6164* Risques d'exploitation
6165* Insolvabilité clients
617 Études et recherches
618 Divers
6181* Documentation générale
6183* Documentation technique
6185* Frais de colloques, séminaires, conférences
619 Rabais, remises et ristournes obtenus sur services extérieurs
62 Autres services extérieurs
621 Personnel extérieur à l'entité
6211* Personnel intérimaire
6214* Personnel détaché ou prêté à l'entité
622 Rémunérations d'intermédiaires et honoraires
6221* Commissions et courtages sur achats
6222* Commissions et courtages sur ventes
6224* Rémunérations des transitaires
6225* Rémunérations d'affacturage
6226* Honoraires
6227* Frais d'actes et de contentieux
6228* Divers
623 Publicité, publications, relations publiques
6231* Annonces et insertions
6232* Échantillons
6233* Foires et expositions
6234* Cadeaux à la clientèle
6235* Primes
6236* Catalogues et imprimés
6237* Publications
6238* Divers (pourboires, dons courants)
624 Transports de biens et transports collectifs du personnel
6241* Transports sur achats
6242* Transports sur ventes
6243* Transports entre établissements ou chantiers
6244* Transports administratifs
6247* Transports collectifs du personnel
6248* Divers
625 Déplacements, missions et réceptions
6251* Voyages et déplacements
6255* Frais de déménagement
6256* Missions
6257* Réceptions
626 Frais postaux et de télécommunications
627 Services bancaires et assimilés
6271* Frais sur titres (achat, vente, garde)
6272* Commissions et frais sur émission d'emprunts
6275* Frais sur effets
6276* Location de coffres
6278* Autres frais et commissions sur prestations de services
628 Divers
6281* Concours divers (cotisations)
6284* Frais de recrutement de personnel
629 Rabais, remises et ristournes obtenus sur autres services extérieurs
63 Impôts, taxes et versements assimilés
631 Impôts, taxes et versements assimilés sur rémunérations (administrations des impôts)
6311* Taxe sur les salaires
6314* Cotisation pour défaut d'investissement obligatoire dans la construction
6318* Autres
633 Impôts, taxes et versements assimilés sur rémunérations (autres organismes)
6331* Versement de transport
6332* Allocations logement
6333* Contribution unique des employeurs à la formation professionnelle
6334* Participation des employeurs à l'effort de construction
6335* Versements libératoires ouvrant droit à l'exonération de la taxe d'apprentissage
6338* Autres
635 Autres impôts, taxes et versements assimilés (administrations des impôts)
6351* Impôts directs (sauf impôts sur les bénéfices)
63511* Contribution économique territoriale
63512* Taxes foncières
63513* Autres impôts locaux
63514* Taxe sur les véhicules des sociétés
6352* Taxe sur le chiffre d'affaires non récupérables
6353* Impôts indirects
6354* Droits d'enregistrement et de timbre
63541* Droits de mutation
6358* Autres droits
637 Autres impôts, taxes et versements assimilés (autres organismes)
6371* Contribution sociale de solidarité à la charge des sociétés
6372* Taxes perçues par les organismes publics internationaux
6374* Impôts et taxes exigibles à l'étranger
6378* Taxes diverses
638 Rappel d’impôts (autres qu’impôts sur les bénéfices)
64 Charges de personnel
641 Rémunérations du personnel
6411* Salaires, appointements
6412* Congés payés
6413* Primes et gratifications
6414* Indemnités et avantages divers
6415* Supplément familial
644* Rémunération du travail de l'exploitant
645 Cotisations de sécurité sociale et de prévoyance
6451* Cotisations à l'Urssaf
6452* Cotisations aux mutuelles
6453* Cotisations aux caisses de retraites
6454* Cotisations à Pôle emploi
6458* Cotisations aux autres organismes sociaux
646* Cotisations sociales personnelles de l'exploitant
647 Autres cotisations sociales
6471* Prestations directes
6472* Versements au comité social et économique
6474* Versements aux autres œuvres sociales
6475* Médecine du travail, pharmacie
648 Autres charges de personnel
649 Remboursements de charges de personnel
65 Autres charges de gestion courante
651 Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques, droits et valeurs similaires
6511* Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques
6516* Droits d'auteur et de reproduction
6518* Autres droits et valeurs similaires
653 Rémunérations de l’activité des administrateurs et des gérants
654 Pertes sur créances irrécouvrables
6541* Créances de l'exercice
6544* Créances des exercices antérieurs
655 Quote-part de résultat sur opérations faites en commun
6551* Quote-part de bénéfice transférée - comptabilité du gérant
6555* Quote-part de perte supportée - comptabilité des associés non gérants
656 Pertes de change sur créances et dettes commerciales
657 Valeurs comptables des immobilisations incorporelles et corporelles cédées
658 Pénalités et autres charges
6581* Pénalités sur marchés (et dédits payés sur achats et ventes)
6582* Pénalités, amendes fiscales et pénales
6583* Malis provenant de clauses d’indexation
6584* Lots
6588* Opérations de constitution ou liquidation des fiducies
66 Charges financières
661 Charges d'intérêts
6611* Intérêts des emprunts et dettes
66116* Intérêts des emprunts et dettes assimilées
66117* Intérêts des dettes rattachées à des participations
6612* Charges de la fiducie, résultat de la période
6615* Intérêts des comptes courants et des dépôts créditeurs
6616* Intérêts bancaires et sur opérations de financement (escompte…)
6617* Intérêts des obligations cautionnées
6618* Intérêts des autres dettes
66181* Intérêts des dettes commerciales
66188* Intérêts des dettes diverses
664 Pertes sur créances liées à des participations
665 Escomptes accordés
666 Pertes de change financières
667 Charges sur cession d’éléments financiers
6671 Valeurs comptables des immobilisations financières cédées
6672 Charges nettes sur cessions de titres immobilisés de l’activité de portefeuille
6673 Charges nettes sur cessions de valeurs mobilières de placement
6674 Charges nettes sur cessions de jetons
668 Autres charges financières
6683* Mali provenant du rachat par l’entité d’actions et obligations émises par elle- même
67 Charges exceptionnelles
672 (Compte à la disposition des entités pour enregistrer, en cours d'exercice, les charges sur exercices antérieurs)
678 Autres charges exceptionnelles
68 Dotations aux amortissements, aux dépréciations et aux provisions
681 Dotations aux amortissements, aux dépréciations et aux provisions (à inscrire dans les charges d'exploitation)
6811 Dotations aux amortissements sur immobilisations incorporelles et corporelles
68111* Immobilisations incorporelles et frais d’établissement
68112* Immobilisations corporelles
6815 Dotations aux provisions d'exploitation
6816 Dotations pour dépréciations des immobilisations incorporelles et corporelles
68161* Immobilisations incorporelles
68162* Immobilisations corporelles
6817 Dotations pour dépréciations des actifs circulants
68173* Stocks et en-cours
68174* Créances
686 Dotations aux amortissements, aux dépréciations et aux provisions (à inscrire dans les charges financières)
6861 Dotations aux amortissements des primes de remboursement des emprunts
6862 Dotations aux amortissements des frais d'émission des emprunts
6865 Dotations aux provisions financières
6866 Dotations pour dépréciation des éléments financiers
68662* Immobilisations financières
68665* Valeurs mobilières de placement
687 Dotations aux amortissements, aux dépréciations et aux provisions (à inscrire dans les charges exceptionnelles)
6871 Dotations aux amortissements exceptionnels des immobilisations
6872 Dotations aux provisions réglementées (immobilisations)
68725* Amortissements dérogatoires
6873 Dotations aux provisions réglementées (stocks)
6874 Dotations aux autres provisions réglementées
6875 Dotations aux provisions exceptionnelles
6876 Dotations pour dépréciations exceptionnelles
69 Participation des salariés - Impôts sur les bénéfices et assimilés
691 Participation des salariés aux résultats
695 Impôts sur les bénéfices
6951* Impôts dus en France
6952* Contribution additionnelle à l'impôt sur les bénéfices
6954* Impôts dus à l'étranger
696 Suppléments d'impôt sur les sociétés liés aux distributions
698 Intégration fiscale
6981 Intégration fiscale - Charges
6989 Intégration fiscale - Produits
699 Produits - Reports en arrière des déficits
7 Comptes de produits
70 Ventes de produits fabriqués, prestations de services, marchandises
701 Ventes de produits finis
702 Ventes de produits intermédiaires
703 Ventes de produits résiduels
704 Travaux
705 Études
706 Prestations de services
707 Ventes de marchandises
708 Produits des activités annexes
7081* Produits des services exploités dans l'intérêt du personnel
7082* Commissions et courtages
7083* Locations diverses
7084* Mise à disposition de personnel facturée
7085* Ports et frais accessoires facturés
7086* Bonis sur reprises d'emballages consignés
7087* Bonifications obtenues des clients et primes sur ventes
7088* Autres produits d'activités annexes (cessions d'approvisionnements)
709 Rabais, remises et ristournes accordés
7091 Rabais, remises et ristournes accordés sur ventes de produits finis
7092 Rabais, remises et ristournes accordés sur ventes de produits intermédiaires
7094 Rabais, remises et ristournes accordés sur travaux
7095 Rabais, remises et ristournes accordés sur études
7096 Rabais, remises et ristournes accordés sur prestations de services
7097 Rabais, remises et ristournes accordés sur ventes de marchandises
7098 Rabais, remises et ristournes accordés sur produits des activités annexes
71 Production stockée (ou déstockage)
713 Variation des stocks des en-cours de production et de produits
7133 Variation des en-cours de production de biens
71331* Produits en cours
71335* Travaux en cours
7134 Variation des en-cours de production de services
71341* Études en cours
71345* Prestations de services en cours
7135 Variation des stocks de produits
71351* Produits intermédiaires
71355* Produits finis
71358* Produits résiduels
72 Production immobilisée
721 Immobilisations incorporelles
722 Immobilisations corporelles
74 Subventions
741 Subventions d’exploitation
742 Subventions d’équilibre
747 Quote-part des subventions d’investissement virée au résultat de l’exercice
75 Autres produits de gestion courante
751 Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques, droits et valeurs similaires
7511* Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques
7516* Droits d'auteur et de reproduction
7518* Autres droits et valeurs similaires
752 Revenus des immeubles non affectés à des activités professionnelles
753 Rémunérations de l’activité des administrateurs et des gérants
754 Ristournes perçues des coopératives provenant des excédents
755 Quote-part de résultat sur opérations faites en commun
7551* Quote-part de perte transférée - comptabilité du gérant
7555* Quote-part de bénéfice attribuée - comptabilité des associés non-gérants
756 Gains de change sur créances et dettes commerciales
757 Produits des cessions d’immobilisations incorporelles et corporelles
758 Indemnités et autres produits
7581* Dédits et pénalités perçus sur achats et ventes
7582* Libéralités reçues
7583* Rentrées sur créances amorties
7584* Dégrèvements d’impôts autres qu’impôts sur les bénéfices
7585* Bonis provenant de clauses d’indexation
7586* Lots
7587* Indemnités d’assurance
7588* Opérations de constitution ou liquidation des fiducies
76 Produits financiers
761 Produits de participations
7611* Revenus des titres de participation
7612* Produits de la fiducie, résultat de la période
7616* Revenus sur autres formes de participation
7617* Revenus des créances rattachées à des participations
762 Produits des autres immobilisations financières
7621* Revenus des titres immobilisés
7626* Revenus des prêts
7627* Revenus des créances immobilisées
763 Revenus des autres créances
7631* Revenus des créances commerciales
7638* Revenus des créances diverses
764 Revenus des valeurs mobilières de placement
765 Escomptes obtenus
766 Gains de change financiers
767 Produits sur cession d’éléments financiers
7671 Produits des cessions d’immobilisations financières
7672 Produits nets sur cessions de titres immobilisés de l’activité de portefeuille
7673 Produits nets sur cessions de valeurs mobilières de placement
7674 Produits nets sur cessions de jetons
768 Autres produits financiers
7683* Bonis provenant du rachat par l’entreprise d’actions et d’obligations émises par elle-même
77 Produits exceptionnels
772 (Compte à la disposition des entités pour enregistrer, en cours d'exercice, les produits sur exercices antérieurs)
778 Autres produits exceptionnels
78 Reprises sur amortissements, dépréciations et provisions
781 Reprises sur amortissements, dépréciations et provisions (à inscrire dans les produits d'exploitation)
7811 Reprises sur amortissements des immobilisations incorporelles et corporelles
78111* Immobilisations incorporelles
78112* Immobilisations corporelles
7815 Reprises sur provisions d'exploitation
7816 Reprises sur dépréciations des immobilisations incorporelles et corporelles
78161* Immobilisations incorporelles
78162* Immobilisations corporelles
7817 Reprises sur dépréciations des actifs circulants
78173* Stocks et en-cours
78174* Créances
786 Reprises sur dépréciations et provisions (à inscrire dans les produits financiers)
7865 Reprises sur provisions financières
7866 Reprises sur dépréciations des éléments financiers
78662* Immobilisations financières
78665* Valeurs mobilières de placement
787 Reprises sur dépréciations et provisions (à inscrire dans les produits exceptionnels)
7872 Reprises sur provisions réglementées (immobilisations)
78725* Amortissements dérogatoires
7873 Reprises sur provisions réglementées (stocks)
7874 Reprises sur autres provisions réglementées
7875 Reprises sur provisions exceptionnelles
7876 Reprises sur dépréciations exceptionnelles
`
