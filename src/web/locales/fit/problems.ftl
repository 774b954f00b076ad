### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# A heading and an explanation for each code of web/problem.rs.
problem-faults = Virheitä: { $count }
problem-page-title = Virhekoodi { $code }
problem-status = Vastauksen HTTP-tila oon { $status }.
problem-id = Virhekoodi
problem-home = Alkusivule
problem-bad_query = Kysymys atressissa ei ole oikein
problem-bad_query-help = Joku parameetteri atressissa oon tuntematon, tullee kahesti eli oon kirjotettu väärin. Vertaa atressia tokymentasuunhiin.
problem-bad_json = Sisältö ei ole oikeaa JSON
problem-bad_json-help = Lähätettyä sisältöä ei saatettu lukea JSON:inna UTF-8:ssa. Tarkista lainausmerkit, kommat ja parenteesit.
problem-idempotency_key_missing = Idempotency-Key puuttuu
problem-idempotency_key_missing-help = Lähätä header Idempotency-Key missä oon 16–64 merkkiä: A-Z, a-z, 0-9, _ ja -.
problem-px_parameter = Joku parameetteri taulukkokysymyksessä ei ole oikein
problem-px_parameter-help = Vertaa muuttujia, arvoja ja filtteriä taulukon metatiethoin.
problem-unauthenticated = Sie et ole lokannu sisäle
problem-unauthenticated-help = Lokkaa sisäle, eli lähätä kelpaava avvain headerissa Authorization.
problem-forbidden = Tämä ei ole luvalista
problem-forbidden-help = Sivu oon piian ollu auki liika kauon, eli sulla ei ole lupaa. Mene takasi, lattaa sivu uuesti ja yritä uuesti.
problem-second_person_required = Yks ihminen lissää pittää vahvistaa
problem-second_person_required-help = Tämä vaatii kaks ihmistä. Pyyä työkaveria, jolla oon lupa, vahvistamhaan.
problem-px_too_many_cells = Liika monta sellia yhessä hakemisessa
problem-px_too_many_cells-help = Yhessä hakemisessa saapi olla korkeinthaan 150 000 sellia. Jaa se eli hae koko fiili.
problem-not_found = Sivua ei ole
problem-not_found-help = Tarkista atressi. Jos sie kirjotit sen preivistä, vertaa merkki merkiltä.
problem-method_not_allowed = Metootia ei saata käyttää tässä
problem-method_not_allowed-help = Atressi oon olemassa, mutta ei ota vasthaan sitä metootia. Header Allow näyttää mikkä käyvä.
problem-not_acceptable = Formaattia ei ole
problem-not_acceptable-help = Yhtään formaattia headerissa Accept ei saata antaa tästä.
problem-request_timeout = Se kesti liika kauon
problem-request_timeout-help = Tiot tulit liika hithaasti. Tarkista yhtheys ja yritä uuesti.
problem-stage_conflict = Kierros oon väärässä vaihheessa
problem-stage_conflict-help = Tätä ei saata tehhä nyt. Vastaus sannoo mitä saattaa tehhä.
problem-questionnaire_frozen = Lomake oon lukittu
problem-questionnaire_frozen-help = Julkastua versuunia ei koskhaan muuteta. Julkase uusi versuuni sen siihaan.
problem-round_not_open = Kysely ei ota vasthaan vastauksia
problem-round_not_open-help = Kierros ei ole auki. Se saattaa olla kiini, pausila eli ei vielä avattu.
problem-code_spent = Koodi oon jo käytetty
problem-code_spent-help = Joka koodi antaa yhen vastauksen. Toinen vastaus oon jo tullu koodin kans.
problem-gate_refused = Tietoja ei annettu ulos
problem-gate_refused-help = Tietoitten suoja pysähytti net. Vastaus sannoo minkä takia.
problem-sign_off_conflict = Julkasua ei saata allekirjottaa
problem-sign_off_conflict-help = Se oon jo allekirjotettu, hylätty eli vaihetettu, eli toinen kerkisi ensin. Vastaus sannoo mitä tapahtu.
problem-language_not_ready = Kieli ei ole valmis
problem-language_not_ready-help = Tekstit tällä kielelä ei ole tarkistettu. Anna tarkistaa net eli valitte kieli pois.
problem-idempotency_in_progress = Pyyntöä käsitelhään jo
problem-idempotency_in_progress-help = Pyyntö samala avvaimella oon menossa. Yritä uuesti vähän aijan päästä.
problem-precondition_failed = Tieto oon muuttunnu
problem-precondition_failed-help = Joku oon muuttanu tietoa sen jälkhiin ko sie luit sen. Lattaa se uuesti ja tehe muutos uuesti.
problem-payload_too_large = Lähätetty sisältö oon liika suuri
problem-payload_too_large-help = Raja riippuu atressista. Lähätä vähempi kerrala.
problem-unsupported_media_type = Formaattia ei oteta vasthaan tässä
problem-unsupported_media_type-help = Vertaa header Content-Type tokymentasuunhiin.
problem-invalid = Tietoja ei saatettu ottaa vasthaan
problem-invalid-help = Joku tioissa ei ole oikein. Vastauksessa oon joka virhe, sen paikka ja koodi.
problem-import_refused = Importti pysähytethiin
problem-import_refused-help = Yhtä eli useampaa riviä ei saatettu ottaa vasthaan, ja mithään ei ole säästetty. Vastauksessa oon rivit.
problem-idempotency_key_reused = Avvain oon käytetty johonki muuhun
problem-idempotency_key_reused-help = Sama Idempotency-Key tuli toisen sisällön kans. Käytä uutta avvainta.
problem-precondition_required = If-Match puuttuu
problem-precondition_required-help = Lähätä tion ETag headerissa If-Match, ette toisen muutosta ei kirjoteta yli.
problem-too_many_requests = Liika monta yritystä
problem-too_many_requests-help = Oota vähän aikaa ja yritä uuesti. Header Retry-After sannoo kunka monta sekuntia.
problem-internal = Meilä tapahtu virhe
problem-internal-help = Virhe oon merkitty. Yritä uuesti vähän aijan päästä. Ilmota virhekoodi jos sie otat yhtheyttä meihin.
problem-overloaded = Moni vastaa juuri nyt
problem-overloaded-help = Mithään ei ole säästetty. Yritä uuesti vähän aijan päästä.
problem-unavailable = Palvelu ei toimi juuri nyt
problem-unavailable-help = Mithään ei ole säästetty. Yritä uuesti vähän aijan päästä.
problem-release_damaged = Numeroita ei saata näyttää
problem-release_damaged-help = Säästetty julkasu ei ole se joka julkasthiin. Numeroita ei näytetä ennen ko se oon korjattu.

# Faults in answers sent by a program.
api-length = Arvo oon liika lyhy eli liika pitkä.
api-submission = Lähätä satunainen UUID (versuuni 4).
api-language = Kierroksessa ei ole sitä kieltä.
api-item-unknown = Lomakheessa ei ole semmosta kysymystä.
api-item-hidden = Kysymystä ei kysytä tältä ihmiseltä. Ota vastaus pois.
api-option-unknown = Kysymyksessä ei ole semmosta vastausta.
