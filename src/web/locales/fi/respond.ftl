### status: draft
### reviewed_by:
### reviewed_on:

# Vastaajan sivut. Lupauksen tekstit (promise-…) muutetaan vain yhdessä molempien organisaatioiden kanssa.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Virhe: { $title }

start-about = Kysely koskee sitä, millaista on asua ja liikkua asuinalueellasi. Siinä kysytään turvallisuudesta, ulkoympäristöstä ja rikoksista.
start-about-use = Vastaukset näyttävät, missä on parannettavaa ja onko toimista hyötyä.
start-who = Kyselyn tekee { $organisations }.
start-length = Vastaaminen kestää noin { $minutes } minuuttia.
start-voluntary = Vastaaminen on vapaaehtoista, ja voit ohittaa minkä tahansa kysymyksen.
start-closes = Voit aloittaa vastaamisen viimeistään { $date }.
start-promise = Vastauksesi lukitaan, kun lähetät ne. Sen jälkeen niitä ei voi yhdistää sinuun.
start-promise-link = Lue, miten se toimii ja miltä emme voi suojata.
start-code = Koodi
start-code-hint = Kirjeessä olevat kymmenen merkkiä, esimerkiksi
start-button = Aloita
start-device = Voit pitää tauon ja jatkaa myöhemmin samassa selaimessa. Toisella laitteella aloitat alusta samalla koodilla.
start-standing = Sinulla on tässä selaimessa keskeneräinen vastaus. Se säilyy { $until } asti.
start-standing-title = Jatka siitä, mihin jäit
start-again = Tai aloita alusta
start-again-hint = Kirjoita koodi uudelleen. Silloin tässä selaimessa oleva keskeneräinen vastaus poistetaan.
continue = Jatka
open-not-yet = Kysely ei ole vielä avoinna.
open-not-yet-date = Kysely avataan { $date }.
open-closed-results = Tulokset julkaistaan arviolta { $date }.

error-heading = Sivulla on ongelma
error-code-wrong = Koodi ei ole oikein. Tarkista kirjeessä olevat kymmenen merkkiä.
error-code-used = Tämä koodi on jo käytetty.
error-option-unknown = Valitse jokin luettelon vastauksista.
error-draft-gone = Keskeneräinen vastauksesi on poistettu. Aikaa on kulunut yli 24 tuntia. Voit aloittaa alusta samalla koodilla.
error-cookies-off = Selaimesi ei salli evästeitä. Voit sen sijaan vastata paperilla.
error-round-closed = Kysely on päättynyt. Kiitos, että halusit vastata.
error-round-paused = Kysely on keskeytetty. Antamasi vastaukset säilyvät 24 tuntia.
error-busy = Vastausta ei voi ottaa vastaan juuri nyt. Täyttämäsi tiedot ovat yhä tällä sivulla. Yritä hetken kuluttua uudelleen.
error-too-many = Liian monta yritystä. Odota minuutti ja yritä uudelleen.
error-question-gone = Yksi kysymys ei ole enää sivulla
error-question = Kysymys { $number }

link-place = Linkki koskee tätä paikkaa: { $place }.
link-age = Kysely on tarkoitettu sinulle, joka olet { $age }-vuotias tai vanhempi.
link-who = Voit vastata, jos asut, työskentelet, opiskelet tai vierailet täällä. Koodia ei tarvita.
link-voluntary = Vastaaminen on vapaaehtoista. Voit ohittaa minkä tahansa kysymyksen paitsi sen, jossa kysytään, missä asut.
link-device = Voit pitää tauon ja jatkaa myöhemmin samassa selaimessa.
link-again-hint = Silloin tässä selaimessa oleva keskeneräinen vastaus poistetaan.
link-note = Jätä kenttä tyhjäksi
link-wait = Hetkinen …
error-link-old = Aloittaminen ei onnistunut. Sivu on ehkä ollut auki liian kauan. Paina uudelleen painiketta Aloita.
error-link-gone = Keskeneräinen vastauksesi on poistettu. Aikaa on kulunut yli 24 tuntia. Voit aloittaa alusta.
error-home-unanswered = Valitse, missä asut. Se on ainoa kysymys, johon on vastattava.
error-too-soon =
    { $seconds ->
        [one] Aloittamisesta on kulunut liian vähän aikaa. Antamasi vastaukset on tallennettu. Odota { $seconds } sekunti ja lähetä uudelleen.
       *[other] Aloittamisesta on kulunut liian vähän aikaa. Antamasi vastaukset on tallennettu. Odota { $seconds } sekuntia ja lähetä uudelleen.
    }
too-soon-title = Odota hetki
stop-later-link = Vastauksesi säilyvät tässä selaimessa { $until } asti. Sulje sivu ja avaa sama linkki uudelleen, kun haluat jatkaa.
stop-delete-link = Kaikki vastauksesi poistetaan heti. Voit aloittaa alusta.
deleted-link = Mitään ei ole jäljellä. Voit aloittaa alusta.

part = Osa { $part } / { $parts }
back = Takaisin
back-label = Edellinen sivu
notice-label = Ilmoitus
probe =
    { $count ->
        [one] Et ole vastannut kysymykseen { $numbers }. Vastaa, jos haluat, tai jatka eteenpäin.
       *[other] Et ole vastannut kysymyksiin { $numbers }. Vastaa, jos haluat, tai jatka eteenpäin.
    }
clear-answer = Poista vastaukseni
clear-question = kysymykseen { $number }
send = Lähetä vastaukseni
send-once = Kun olet lähettänyt vastaukset, niitä ei voi enää muuttaa.
exit-button = Poistu sivulta nopeasti
exit-history = Painike poistaa vastauksesi. Selaimen historia jää jäljelle.
exit-help = Tuki ja apu
stop-link = Lopeta
delete-button = Poista vastaukseni

stop-title = Lopeta
stop-later = Jatka myöhemmin
stop-later-text = Vastauksesi säilyvät tässä selaimessa { $until } asti. Sulje sivu ja avaa kirjeessä oleva osoite uudelleen, kun haluat jatkaa.
stop-later-back = Takaisin kysymyksiin
stop-send = Lähetä tähänastiset vastaukseni
stop-send-text = Kysymykset, joihin et ole vielä päässyt, jäävät ilman vastausta.
stop-delete = Poista vastaukseni
stop-delete-text = Kaikki vastauksesi poistetaan heti. Koodia voi käyttää uudelleen.
deleted-title = Vastauksesi on poistettu
deleted-text = Mitään ei ole jäljellä. Voit aloittaa alusta samalla koodilla.
start-over-link = Ensimmäiselle sivulle

receipt-title = Kiitos. Vastauksesi ovat tulleet perille.
receipt-word = Kuittisana
receipt-word-text = Sana osoittaa, että vastauksesi on tullut perille. Sen avulla ei voi nähdä, mitä olet vastannut.
receipt-results = Tulokset julkaistaan arviolta { $date }.
receipt-close = Voit nyt sulkea sivun.
receipt-help = Haluatko puhua jonkun kanssa? Täältä saat tukea ja apua.

used-text = Jokaisella koodilla voi vastata kerran. Etkö ole itse vastannut? Yhteystiedot ovat kirjeessä.
answered-title = Olet jo vastannut
answered-text = Vastauksesi ovat tulleet perille, eikä niitä voi lähettää uudelleen.
answered-receipt = Näytä kuitti
closed-title = Kysely on päättynyt
paused-title = Kysely on keskeytetty
too-many-title = Liian monta yritystä
busy-title = Yritä uudelleen
busy-button = Yritä uudelleen

help-title = Tuki ja apu
help-urgent = Jos vaara on välitön, soita numeroon 112.
help-lead = Oletko kokenut jotakin vaikeaa, tai haluatko puhua jonkun kanssa? Voit soittaa näihin numeroihin.
help-emergency = Hätänumero
help-police = Poliisi, kun asia ei ole kiireellinen
help-victims = Tukea rikoksen uhreille (Brottsofferjouren)
help-women = Naisten tukilinja (Kvinnofridslinjen)
help-men = Miesten tukilinja (Stödlinjen för män)
help-trans = Transihmisten tukilinja (Stödlinjen för transpersoner)
help-children = Bris, jos olet alle 18-vuotias
help-survey = Kysymyksiä kyselystä
help-survey-text = Yhteystiedot ovat kirjeessä. Siinä kerrotaan myös, miten voit vastata paperilla.

promise-title = Näin vastauksesi suojataan
promise-1 = Kirjeessä oleva koodi osoittaa, että sinulla on oikeus vastata ja missä kunnanosassa asut. Jokaisella koodilla voi vastata kerran.
promise-2 = Kun lähetät vastauksesi, ne lukitaan digitaaliseen kirjekuoreen. Kuoret avataan vasta, kun kysely on päättynyt, ja vain jos { $count } avaimenhaltijasta vähintään { $threshold } tekee sen yhdessä: { $holders }. Sitä ennen vastauksia eivät voi lukea kunta, poliisi eivätkä tietokoneiden ylläpitäjät.
promise-2-single = Kun lähetät vastauksesi, ne lukitaan digitaaliseen kirjekuoreen. Kuoret avataan vasta, kun kysely on päättynyt, ja ne avaa yksi henkilö: { $holders }. Tämä henkilö voisi avata ne aikaisemmin rikkomalla sääntöjä.
promise-3 = Kun kuoret avataan, vastaukset sekoitetaan ja yhteys koodeihin poistetaan. Sen jälkeen ei näy, kuka on vastannut mitä.
promise-4 = Kyselyn aikana näemme, mitkä koodit on käytetty. Sitä tarvitaan, jotta muistutus lähetetään vain niille, jotka eivät ole vastanneet. Emme näe vastauksia.
promise-5 = Emme tallenna vastaustesi yhteyteen IP-osoitetta, puhelinmallia tai kellonaikaa. Väärinkäytön estämiseksi palvelin laskee samasta verkosta tulevat yritykset muistissaan enintään tunnin ajan.
promise-6 = Keskeneräinen vastaus säilyy 24 tuntia. Se on lukittu avaimella, joka on vain sinun selaimessasi. Voit poistaa vastauksen milloin haluat.
promise-7 = Tulokset näytetään vain ryhmistä, joissa on vähintään { $least } vastausta.
promise-1-link = Vastaat avoimen linkin kautta ilman koodia. Vastausten mukana tallennetaan, mitä paikkaa linkki koskee. Ne lasketaan erikseen, eikä niitä koskaan sekoiteta kirjeen saaneiden vastauksiin.
promise-3-link = Kun kuoret avataan, vastaukset sekoitetaan. Sen jälkeen ei näy, missä järjestyksessä ne tulivat.
promise-4-link = Vastauksia, jotka ovat täsmälleen samanlaisia kuin jotkin muut tai joissa on sama vastaus kaikkiin kysymyksiin, ei lasketa mukaan tulokseen. Kerromme, kuinka monta niitä on.
promise-limits = Tältä emme voi suojata:
promise-limit-screen = että joku näkee näyttösi, lukee selaimesi historiaa tai ohjaa puhelintasi tai tietokonettasi
promise-limit-program = että joku vaihtaa ohjelman salaa kyselyn aikana (vastaukset ovat luettavissa ohjelmassa lyhyen hetken, ennen kuin ne lukitaan)
promise-limit-holders = että { $threshold } avaimenhaltijaa rikkoo yhdessä sääntöjä ja on säilyttänyt vanhan kopion
promise-limit-rare = että vastausten analysoija tunnistaa hyvin epätavallisen yhdistelmän.
promise-paper = Jos vastaat paperilla, lomakkeen tallentaja näkee sekä koodin että vastaukset. Vastaa verkossa, jos haluat välttää sen.
promise-no-round = Vastausten suojaamisesta kerrotaan tässä, kun kysely on avoinna.
