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
accessibility-service = Tämä oon kyselyn ja sen tulossivuitten saatavuusselostus. Sivut oon atressissa { $address }.
accessibility-service-of = Kyselystä ja sen tulossivuista vastaa { $sender }. Sivut oon atressissa { $address }. Näin hyvin kaikki saattava käyttää niitä.
accessibility-aim = Webpaikka oon tehty niin ette kaikki saattava käyttää sitä: tangenttipordila, skärminlukijala, suurenettunna ja ilman JavaScript. Päämäärä oon WCAG 2.2, taso AA.
accessibility-conformance = Kunka hyvin kaikki saattava käyttää webpaikkaa?
accessibility-full = Webpaikka täyttää kaikki vaatimukset Ruottin laissa tikitaalisen julkisen palvelun saatavuuesta.
accessibility-partial = Webpaikka täyttää osan vaatimuksista Ruottin laissa tikitaalisen julkisen palvelun saatavuuesta. Puutheet oon tässä alla.
accessibility-none = Webpaikka ei täytä vaatimuksia Ruottin laissa tikitaalisen julkisen palvelun saatavuuesta. Puutheet oon tässä alla.
accessibility-defects = Sisältö mitä kaikki ei saata käyttää
accessibility-defects-lead = Tämän met tiämä:
accessibility-no-defects = Met emmä tiä mithään puutheita.
accessibility-defect = { $text } (WCAG 2.2, { $criterion })
accessibility-defect-screen-readers = Ei kukhaan ihminen ole vielä käyny sivuja läpi skärminlukijala. Net oon tehty sitä varten, mutta met emmä lupaa ette kaikki luethaan hyvin.
accessibility-tested = Näin met olema pruuvanheet webpaikkaa
accessibility-own = Net jokka rakentava webpaikkaa oon itte arvioinheet sen.
accessibility-external = Joku ulkopuolinen oon arvioinu webpaikan.
accessibility-people = Ihmiset käyvit sivut läpi skärminlukijoila NVDA, VoiceOver ja TalkBack { $date }.
accessibility-no-people = Arvio perustuu prukrammhiin jokka hakeva vikoja, ja siihen ette sivut oon käyty läpi tangenttipordila. Prukrammit löytävä vain osan vioista.
accessibility-run = Web-plaavarissa pruuvathiin { $date } { $pages } sivua. Työkalut: { $tools }. Vikoja: { $violations }.
accessibility-dates = Webpaikka arviothiin viimeksi { $assessed }. Selostusta muutethiin viimeksi { $updated }.
accessibility-tell-us = Sano jos jotaki ei toimi
accessibility-feedback = Kontaktitiot oon preivissä ja kunnan webpaikala.
accessibility-feedback-to = Ota kontaktia: { $contact }.
accessibility-paper = Sie saatat aina vastata paperilla sen siihaan.
accessibility-supervision = Valvonta
accessibility-supervision-text = Tikitaalisen hallinon viranomhainen, Myndigheten för digital förvaltning (Digg), kattoo ette lakia seurathaan. Jos sie et ole tyytyväinen meän vasthauksheen, sie saatat ilmottaa sinne.
accessibility-complain = Ilmota huonosta saatavuuesta
accessibility-exceptions = Poikkeukset
accessibility-burden-none = Misthään sisälöstä ei ole tehty poikkeusta sen takia ette olis kohtuuttoman raskasta tehhä se saatavaksi (12 §).
accessibility-outside-none = Mikhään sisältö ei ole lain ulkopuolela (9 §).

cookies-title = Cookies
cookies-why = Webpaikka käyttää vain semmosia cookieksia mitä se tarttee ette toimia. Mithään ei säästetä reklaamin eli statistiikan takia.
cookies-answers = __Host-f pittää sinun vastaukset yhessä sillä aikaa ko sie täytät kyselyä. Se lähtee pois ko sie olet lähättäny, ko sie poistat vastaukset ja viimisthään 24 tiiman jälkhiin. Ko sie olet lähättäny, jääpi yhen tiiman ajaksi cookie joka saattaa vain näyttää kviton uuesti.
cookies-code = __Host-k muistaa koodin 15 minuttia ko sie olet lukenu preivin QR-koodin. Silloin sie et tartte kirjottaa sitä.
cookies-staff = __Host-s pittää henkilökunnan sisälelokattunna.

privacy-title = Henkilötiot
privacy-answers = Sinun lukitut vastaukset oon henkilötietoja siihen asti ko kuvertit avathaan. Sen jälkhiin niitä ei saata yhistää sinhuun.
privacy-responsible = Kuka vastaa
privacy-who = Kyselystä vastaava: { $organisations }.
privacy-who-letter = Preivissä oon kuka vastaa kyselystä.
privacy-basis = Tietoja käytethään ette saa statistiikkaa turvalisuuesta kunnassa. Se oon tehtävä mistä oon yhteistä hyötyä (taattasuoja-asetuksen, GDPR, artikkeli 6.1 e). Vastaaminen oon vapaehtosta.
privacy-contact = Kysymyksiä henkilötieoista: { $contact }.
privacy-contact-letter = Preivissä oon kenenkä tykö sie saatat kysyä henkilötieoista.
privacy-stored = Tämä säästethään
privacy-stored-code = Joka preivin nummeri, kunnanosa, koodin lukittu jälki ja se oonko koodi käytetty. Nimeä ja atressia ei säästetä täälä.
privacy-stored-draft = Alotettu vastaus. Se oon lukittu avvaimella joka oon vain sinun web-plaavarissa.
privacy-stored-envelope = Lähätetty vastaus lukitussa kuvertissa. Kaikki kuvertit oon yhtä pitkät, ja niissä ei ole kellonaikaa.
privacy-stored-attempts = Kunka monta väärää kootia oon pruuvattu samasta verkosta, serverin muistissa.
privacy-stored-not = IP-atressia, laitetta ja kellonaikaa ei säästetä vastauksitten kans.
privacy-envelope = Mitä vasthaan kuvertti suojaa
privacy-limits = Mitä vasthaan se ei suojaa
privacy-more = Lue enämpi siittä kunka vastaukset suojathaan
privacy-holders = Avvaimenpitäjät
privacy-holders-text = Kuvertit saattaa avata vain heän avvaimilla:
privacy-kept = Näin kauon tiot säästethään
privacy-kept-draft = Alotettu vastaus: 24 tiimaa, eli siihen asti ko sie lähätät eli poistat sen.
privacy-kept-codes = Preivitten nummerit, koodit ja kuvertit: siihen asti ko kuvertit avathaan. Silloin net poistethaan, ja vain määrät jäävä.
privacy-kept-attempts = Yritykset samasta verkosta: korkeinthaan yks tiima.
privacy-kept-answers = Vastaukset joita ei ole yhistetty sinhuun: niin kauon ko net jokka vastaava kyselystä oon päättänheet, ette tuloksia saattaa tarkistaa. Vain net jokka räknäävä tuloksia näkevä net.
privacy-kept-results = Tulokset: toistaseksi.
privacy-rights = Sinun oikeuet
privacy-rights-before = Ennen ko sie olet lähättäny, sie saatat muuttaa ja poistaa kaiken mitä sie olet vastannu.
privacy-rights-after = Ko sie olet lähättäny, met emmä saata näyttää, muuttaa eli ottaa pois sinun vastauksia. Net oon lukittu, ja ko net avathaan, ei kukhaan tiä mikkä oon sinun.
privacy-rights-complain = Sie saatat valittaa tietosuojan viranomhaisele, Integritetsskyddsmyndigheten (IMY).
