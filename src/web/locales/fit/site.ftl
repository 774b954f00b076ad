### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Words that stand on every page.
skip-link = Mene sisälthöön
languages-label = Kieli
footer-label = Tietoa webpaikasta
survey-name = Kysely
results-name = Turvalisuuskysely
mark-demo-title = Näytetiot
mark-demo = Keksittyjä tietoja, jokka näyttävä kunka palvelu toimii. Tässä ei ole mikhään oikea tutkimus.
mark-test-title = Pruuvikierros
mark-test = Vastauksia täälä ei räknätä.
mark-draft-title = Luonos
mark-draft = Tekstit tällä kielelä ei ole vielä tarkistettu.
footer-help = Tuki ja apu
footer-promise = Näin sinun vastaukset suojathaan
footer-accessibility = Saatavuus
footer-cookies = Cookies
footer-privacy = Henkilötiot

date = { $day }. { $month } { $year }
date-and-time = { $date } kello { $time }
list-and = { $first } ja { $last }
month-1 = tammikuuta
month-2 = helmikuuta
month-3 = maaliskuuta
month-4 = huhtikuuta
month-5 = toukokuuta
month-6 = kesäkuuta
month-7 = heinäkuuta
month-8 = elokuuta
month-9 = syyskuuta
month-10 = lokakuuta
month-11 = marraskuuta
month-12 = joulukuuta

accessibility-title = Saatavuus
accessibility-aim = Webpaikka oon tehty niin ette kaikki saattava käyttää sitä: tangenttipordila, skärminlukijala, suurenettunna ja ilman JavaScript. Päämäärä oon WCAG 2.2, taso AA.
accessibility-state = Webpaikkaa ei ole vielä tarkistettu. Siksi tällä sivula ei ole vielä täyttä saatavuusselostusta.
accessibility-feedback = Oonkos jotaki mitä sie et saata käyttää? Kontaktitiot oon preivissä ja kunnan webpaikala. Sie saatat aina vastata paperilla sen siihaan.

cookies-title = Cookies
cookies-why = Webpaikka käyttää vain semmosia cookieksia mitä se tarttee ette toimia. Mithään ei säästetä reklaamin eli statistiikan takia.
cookies-answers = __Host-f pittää sinun vastaukset yhessä sillä aikaa ko sie täytät kyselyä. Se lähtee pois ko sie olet lähättäny, ko sie poistat vastaukset ja viimisthään 24 tiiman jälkhiin. Ko sie olet lähättäny, jääpi yhen tiiman ajaksi cookie joka saattaa vain näyttää kviton uuesti.
cookies-code = __Host-k muistaa koodin 15 minuttia ko sie olet lukenu preivin QR-koodin. Silloin sie et tartte kirjottaa sitä.
cookies-staff = __Host-s pittää henkilökunnan sisälelokattunna.

privacy-title = Henkilötiot
privacy-who = Kyselystä vastaava: { $organisations }.
privacy-who-letter = Preivissä oon kuka vastaa kyselystä.
privacy-answers = Sinun lukitut vastaukset oon henkilötietoja siihen asti ko kuvertit avathaan. Sen jälkhiin niitä ei saata yhistää sinhuun.
privacy-kept = Sillä aikaa ko kysely oon auki säästethään mikkä koodit oon käytetty. IP-atressia, laitetta ja kellonaikaa ei säästetä vastauksitten kans. Ette estää väärinkäyttöä serveri räknää yrityksiä samasta verkosta korkeinthaan yhen tiiman, muistissa.
privacy-more = Lue enämpi siittä kunka vastaukset suojathaan
