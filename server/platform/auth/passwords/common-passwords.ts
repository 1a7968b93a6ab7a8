/**
 * Passwords of ten characters or more that head every published list of leaks, and their French kin, in lower case and
 * without spaces. A password is looked up as it is, and without the digits and signs at its ends.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(`
1234567890 0123456789 0987654321 9876543210 1234567891 12345678910 123456789a a123456789 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6
1qaz2wsx3edc 1qazxsw2 zaq12wsx 123qweasdzxc qweasdzxc qwertyuiop qwertyuiop123 qwertyuiopasdfghjkl azertyuiop azertyuiop123 azertyuiopqsdfghjklm
qwertzuiop asdfghjkl asdfghjkl123 qsdfghjklm wxcvbn1234 zxcvbnm123 azerty1234 azerty12345 azerty123456 qwerty1234 qwerty12345 qwerty123456 abcd1234567 abcdefghij
abcdefghijkl abcdef123456 abc1234567 abcd123456 aqwzsxedc aqwzsxedcrfv 147258369 1472583690 789456123 7894561230 741852963 7418529630 159357456 1029384756
password passw0rd passwort p@ssw0rd p@ssword password1 password12 password123 password1234 passwordpassword mypassword newpassword thepassword changeme changemenow letmein letmeinnow
motdepasse motdepass monmotdepasse lemotdepasse motdepasse1 motdepasse123 nouveaumotdepasse passe1234567 jetaime jetaime123 jetaimemonamour monamour monamour123 monbebe
doudou1234 chouchou chouchou123 loulou1234 chocolat chocolat123 bonjour bonjour123 bonjour1234 bonjourbonjour bienvenue bienvenue1 bienvenue123 soleil1234 marseille
marseille13 olympiquedemarseille parissaintgermain football footballclub superman superman123 batman1234 pokemon123 dragonball dragonballz naruto1234 starwars starwars123
iloveyou iloveyou123 iloveyou1234 iloveyouforever iloveyousomuch princess princess123 sunshine sunshine123 welcome welcome123 welcome1234 trustno1 administrator administrateur
admin12345 admin123456 administrator1 root123456 test123456 test1234567 testtest123 testtesttest demodemo123 secret1234 secret12345 topsecret qwertyqwerty azertyazerty
whatever monkey1234 michael123 liverpool liverpoolfc manchesterunited barcelona realmadrid basketball baseball123 computer computer123 internet internet123 ordinateur
comptabilite comptabilité comptable cabinetcomptable expertcomptable facture123 entreprise entreprise123 quittance quittance123 quittance1234
`.trim().split(/\s+/))
