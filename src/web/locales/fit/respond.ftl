### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Pages of the respondent. The texts of the promise (promise-…) change only with both organisations.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Virhe: { $title }

start-about = Kysely oon siittä, minkälaista oon assuuja ja olla sielä missä sie asut. Siinä kysythään turvalisuuesta, ulkomiljööstä ja rikoksista.
start-about-use = Vastaukset näyttävä missä pittää tulla parempaa ja auttaako se mitä tehhään.
start-who = Net jokka kysyvä: { $organisations }.
start-length = Siinä mennee noin { $minutes } minuttia.
start-voluntary = Vastaaminen oon vapaehtosta. Sie saatat jättää joka kysymyksen ilman vastausta.
start-closes = Sie saatat alkaa vastaahmaan viimisthään { $date }.
start-promise = Sinun vastaukset lukithaan ko sie lähätät net. Sen jälkhiin niitä ei saata yhistää sinhuun.
start-promise-link = Lue kunka se toimii ja mitä vasthaan met emmä saata suojata.
start-code = Koodi
start-code-hint = Net kymmenen merkkiä preivissä, esimerkiksi
start-button = Alota
start-device = Sie saatat pittää pausin ja jatkaa myöhemin samassa web-plaavarissa. Toisessa telefoonissa eli taattorissa sie alotat alusta samala koodila.
start-standing = Sulla oon alotettu vastaus tässä web-plaavarissa. Se säilyy { $until } asti.
start-standing-title = Jatka siittä mihin lopetit
start-again = Eli alota alusta
start-again-hint = Kirjota koodi uuesti. Silloin alotettu vastaus tässä web-plaavarissa poistethaan.
continue = Jatka
open-not-yet = Kysely ei ole vielä auki.
open-not-yet-date = Kysely avathaan { $date }.
open-closed-results = Tuloksia ootethaan { $date }.

error-heading = Tässä oon propleemi
error-code-wrong = Koodi ei ole oikein. Tarkista net kymmenen merkkiä preivissä.
error-code-used = Tämä koodi oon jo käytetty.
error-option-unknown = Valitte yks vastaus listasta.
error-draft-gone = Sinun alotettu vastaus oon poistettu. Siittä oon enämpi ko 24 tiimaa. Sie saatat alottaa alusta samala koodila.
error-cookies-off = Sinun web-plaavari ei ota vasthaan cookieksia. Sie saatat vastata paperilla sen siihaan.
error-round-closed = Kysely oon kiini. Kiitos ko halusit vastata.
error-round-paused = Kyselyssä oon pausi. Sinun vastaukset säilyvä 24 tiimaa.
error-busy = Vastausta ei saata ottaa vasthaan juuri nyt. Se mitä sie täytit oon vielä tällä sivula. Yritä uuesti vähän aijan päästä.
error-too-many = Liika monta yritystä. Oota minutti ja yritä uuesti.
error-question-gone = Yks kysymys ei ole ennää sivula
error-question = Kysymys { $number }

link-place = Linkki koskee tätä paikkaa: { $place }.
link-age = Kysely oon sulle joka olet { $age } vuotta eli vanhempi.
link-who = Sie saatat vastata jos sie asut, olet töissä, opiskelet eli olet käymässä täälä. Koodia ei tarvita.
link-voluntary = Vastaaminen oon vapaehtosta. Sie saatat jättää joka kysymyksen ilman vastausta, paitti sen missä kysythään missä sie asut.
link-device = Sie saatat pittää pausin ja jatkaa myöhemin samassa web-plaavarissa.
link-again-hint = Silloin alotettu vastaus tässä web-plaavarissa poistethaan.
link-note = Jätä tämä kenttä tyhjäksi
link-wait = Oota vähän …
error-link-old = Alottaminen ei onnistunnu. Sivu oon ehkä ollu auki liika kauon. Paina uuesti knappia Alota.
error-link-gone = Sinun alotettu vastaus oon poistettu. Siittä oon enämpi ko 24 tiimaa. Sie saatat alottaa alusta.
error-home-unanswered = Valitte missä sie asut. Se oon ainua kysymys mihinkä pittää vastata.
error-too-soon =
    { $seconds ->
        [one] Siittä oon liika vähän aikaa ko sie alotit. Sinun vastaukset oon säästetty. Oota { $seconds } sekunti ja lähätä uuesti.
       *[other] Siittä oon liika vähän aikaa ko sie alotit. Sinun vastaukset oon säästetty. Oota { $seconds } sekuntia ja lähätä uuesti.
    }
too-soon-title = Oota vähän aikaa
stop-later-link = Vastaukset säilyvä tässä web-plaavarissa { $until } asti. Pane sivu kiini. Avvaa sama linkki uuesti ko halvat jatkaa.
stop-delete-link = Kaikki sinun vastaukset poistethaan heti. Sie saatat alottaa alusta.
deleted-link = Mithään ei ole jäljelä. Sie saatat alottaa alusta.

part = Osa { $part } / { $parts }
back = Takasi
back-label = Eelinen sivu
notice-label = Ilmotus
probe =
    { $count ->
        [one] Sie et ole vastannu kysymyksheen { $numbers }. Vastaa jos halvat, eli jatka.
       *[other] Sie et ole vastannu kysymykshiin { $numbers }. Vastaa jos halvat, eli jatka.
    }
clear-answer = Ota pois minun vastaus
clear-question = kysymyksheen { $number }
send = Lähätä minun vastaukset
send-once = Ko sie olet lähättäny, ei saata ennää muuttaa.
exit-button = Lähe sivulta noppeesti
exit-history = Knappi poistaa sinun vastaukset. Web-plaavarin histuuria jääpi.
exit-help = Tuki ja apu
stop-link = Lopeta
delete-button = Poista minun vastaukset

stop-title = Lopeta
stop-later = Jatka myöhemin
stop-later-text = Vastaukset säilyvä tässä web-plaavarissa { $until } asti. Pane sivu kiini. Avvaa preivin atressi uuesti ko halvat jatkaa.
stop-later-back = Takasi kysymykshiin
stop-send = Lähätä se mitä mie olen vastannu
stop-send-text = Kysymykset mihinkä sie et ole vielä tullu, jäävä ilman vastausta.
stop-delete = Poista minun vastaukset
stop-delete-text = Kaikki sinun vastaukset poistethaan heti. Koodia saattaa käyttää uuesti.
deleted-title = Sinun vastaukset oon poistettu
deleted-text = Mithään ei ole jäljelä. Sie saatat alottaa alusta samala koodila.
start-over-link = Ensimäisele sivule

receipt-title = Kiitos. Sinun vastaukset oon tulheet perile.
receipt-word = Kvittosana
receipt-word-text = Sana näyttää ette vastaus oon tullu perile. Sillä ei saata nähhä mitä sie olet vastannu.
receipt-results = Tuloksia ootethaan { $date }.
receipt-close = Nyt sie saatat panna sivun kiini.
receipt-help = Halvatkos puhua jonku kans? Täälä oon tukea ja apua.

used-text = Joka koodi antaa yhen vastauksen. Etkös sie itte ole vastannu? Kontaktitiot oon preivissä.
answered-title = Sie olet jo vastannu
answered-text = Sinun vastaukset oon tulheet perile. Niitä ei saata lähättää uuesti.
answered-receipt = Näytä kvitto
closed-title = Kysely oon kiini
paused-title = Kyselyssä oon pausi
too-many-title = Liika monta yritystä
busy-title = Yritä uuesti
busy-button = Yritä uuesti

help-title = Tuki ja apu
help-urgent = Jos oon hengenvaara, soita 112.
help-lead = Oonkos sulle tapahtunnu jotaki vaikeaa, eli halvakko puhua jonku kans? Näihin numerhoin sie saatat soittaa.
help-emergency = Hätänumero
help-police = Polisi, ko ei ole kiirettä
help-victims = Rikosuhrisjuuri (Brottsofferjouren)
help-women = Vaimorauhalinja (Kvinnofridslinjen)
help-men = Miesten tukilinja (Stödlinjen för män)
help-trans = Transihmisten tukilinja (Stödlinjen för transpersoner)
help-children = Bris, jos sie olet alle 18 vuotta
help-survey = Kysymyksiä kyselystä
help-survey-text = Kontaktitiot oon preivissä. Sielä oon kans kunka sie saatat vastata paperilla.

promise-title = Näin sinun vastaukset suojathaan
promise-1 = Koodi preivissä näyttää ette sie saat vastata ja missä kunnanosassa sie asut. Joka koodi antaa yhen vastauksen.
promise-2 = Ko sie lähätät, vastaukset lukithaan tikitaalisheen kuverthiin. Kuvertit avathaan vasta ko kysely oon kiini, ja vain jos vähinthään { $threshold } avvaimenpitäjää { $count } avvaimenpitäjästä tekevä sen yhessä: { $holders }. Ennen sitä ei saata kunta, ei polisi eikä se joka hoitaa taattoria, lukea niitä.
promise-2-single = Ko sie lähätät, vastaukset lukithaan tikitaalisheen kuverthiin. Kuvertit avathaan vasta ko kysely oon kiini, ja yks ihminen avvaa net: { $holders }. Se ihminen saattais avata net aiemin jos se rikkois sääntöjä.
promise-3 = Ko kuvertit avathaan, vastaukset sekotethaan ja yhtheys koothiin poistethaan. Sen jälkhiin ei näy kuka oon vastannu mitäki.
promise-4 = Sillä aikaa ko kysely oon auki met näemä mikkä koodit oon käytetty. Sitä tarvithaan ette met muistutamma vain niitä jokka ei ole vastanheet. Met emmä näe vastauksia.
promise-5 = Met emmä säästä IP-atressia, telefoonin mallia eli kellonaikaa sinun vastauksitten kans. Ette estää väärinkäyttöä serveri räknää yrityksiä samasta verkosta korkeinthaan yhen tiiman, muistissa.
promise-6 = Alotettu vastaus säilyy 24 tiimaa. Se oon lukittu avvaimella joka oon vain sinun web-plaavarissa. Sie saatat poistaa sen koska halvat.
promise-7 = Tulokset näytethään vain ryhmistä missä oon vähinthään { $least } vastausta.
promise-1-link = Sie vastaat aukinaisen linkin kautta, ilman koodia. Vastauksitten kans säästethään mitä paikkaa linkki koskee. Net räknäthään erilhään. Niitä ei koskhaan sekoteta niitten ihmisten vastauksitten kans jokka oon saahneet preivin.
promise-3-link = Ko kuvertit avathaan, vastaukset sekotethaan. Sen jälkhiin ei näy missä järjestyksessä net tulit.
promise-4-link = Vastauksia jokka oon aivan samanlaisia ko toiset, eli missä oon sama vastaus kaikhiin kysymykshiin, ei räknätä myötä tuloksheen. Met kerroma kunka monta niitä oon.
promise-limits = Tätä vasthaan met emmä saata suojata:
promise-limit-screen = ette joku näkkee sinun skärmin, lukkee sinun web-plaavarin histuurian eli ohjaa sinun telefoonia eli taattoria
promise-limit-program = ette joku salassa vaihettaa prukrammin sillä aikaa ko kysely oon auki (vastauksia saattaa lukea prukrammissa vähän aikaa ennen ko net lukithaan)
promise-limit-holders = ette { $threshold } avvaimenpitäjää rikkova sääntöjä yhessä ja heilä oon vanha kopia jäljelä
promise-limit-rare = ette se joka tutkii vastauksia tuntee hyvin harvinaisen yhistelmän.
promise-paper = Jos sie vastaat paperilla, se joka kirjottaa lomakheen sisäle näkkee sekä koodin ette vastaukset. Vastaa netissä jos halvat välttää sen.
promise-no-round = Tässä oon kunka vastaukset suojathaan, ko kysely oon auki.
