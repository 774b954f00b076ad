### status: draft
### reviewed_by:
### reviewed_on:

# Sanat, jotka ovat kaikilla sivuilla.
skip-link = Siirry sisältöön
languages-label = Kieli
footer-label = Tietoa sivustosta
survey-name = Kysely
results-name = Turvallisuuskysely
mark-demo-title = Esimerkkitiedot
mark-demo = Keksittyjä tietoja, jotka näyttävät, miten palvelu toimii. Mikään tässä ei ole oikeaa tutkimusta.
mark-test-title = Koekierros
mark-test = Täällä annettuja vastauksia ei lasketa mukaan.
mark-draft-title = Luonnos
mark-draft = Tämän kielen tekstejä ei ole vielä tarkastettu.
footer-help = Tuki ja apu
footer-promise = Näin vastauksesi suojataan
footer-accessibility = Saavutettavuus
footer-cookies = Evästeet
footer-privacy = Henkilötiedot

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

accessibility-title = Saavutettavuus
accessibility-aim = Sivusto on tehty niin, että kaikki voivat käyttää sitä näppäimistöllä, ruudunlukijalla, suurennettuna ja ilman JavaScriptiä. Tavoite on WCAG 2.2, taso AA.
accessibility-state = Sivustoa ei ole vielä arvioitu. Siksi tällä sivulla ei ole vielä täydellistä saavutettavuusselostetta.
accessibility-feedback = Onko sivustolla jotakin, mitä et voi käyttää? Yhteystiedot ovat kirjeessä ja kunnan verkkosivuilla. Voit aina vastata paperilla.

cookies-title = Evästeet
cookies-why = Sivusto käyttää vain evästeitä, joita se tarvitsee toimiakseen. Mitään ei tallenneta mainontaa tai tilastoja varten.
cookies-answers = __Host-f pitää vastauksesi koossa, kun täytät kyselyä. Se poistuu, kun olet lähettänyt vastaukset, kun poistat ne ja viimeistään 24 tunnin kuluttua. Lähettämisen jälkeen säilyy tunnin ajan eväste, jolla voi vain näyttää kuitin uudelleen.
cookies-code = __Host-k muistaa koodin 15 minuuttia, kun olet lukenut kirjeen QR-koodin. Silloin sinun ei tarvitse kirjoittaa koodia.
cookies-staff = __Host-s pitää henkilökunnan kirjautuneena.

privacy-title = Henkilötiedot
privacy-who = Kyselystä vastaa { $organisations }.
privacy-who-letter = Kirjeessä kerrotaan, kuka vastaa kyselystä.
privacy-answers = Lukitut vastauksesi ovat henkilötietoja siihen asti, kun kuoret avataan. Sen jälkeen niitä ei voi yhdistää sinuun.
privacy-kept = Kyselyn aikana tallennetaan, mitkä koodit on käytetty. IP-osoitetta, laitetta ja kellonaikaa ei tallenneta vastausten yhteyteen. Väärinkäytön estämiseksi palvelin laskee samasta verkosta tulevat yritykset muistissaan enintään tunnin ajan.
privacy-more = Lue lisää siitä, miten vastaukset suojataan
