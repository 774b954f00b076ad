### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Letters. They do not tell what the survey is about: somebody else may read them.
letter-title = Kuttu vastata kyselhyyn
letter-remind-title = Muistutus kyselystä
letter-intro = Sinua kututhaan vastaahmaan kyselhyyn. Net jokka kuttuva: { $organisations }. Siinä mennee noin { $minutes } minuttia. Sie saatat alkaa vastaahmaan viimisthään { $date }.
letter-remind-intro = Sinua oon kututtu vastaahmaan kyselhyyn. Net jokka kuttuva: { $organisations }. Siinä mennee noin { $minutes } minuttia. Sie saatat alkaa vastaahmaan viimisthään { $date }.
letter-remind-code = Tämä koodi oon uusi. Aiemman preivin koodia saattaa kans käyttää, mutta sie saatat vastata vain yhen kerran. Jos sie olet jo vastannu, sie et tartte välittää tästä preivistä.
letter-how = Mene atresshiin ja kirjota koodi, eli käänä telefoonin kamera ruutukoothiin päin. Sie saatat vastata usseila kielilä.
letter-door = Atressi
letter-code = Sinun koodi
letter-scanned = QR-koodi joka avvaa kyselyn niin ette sinun koodi oon jo täytetty
letter-voluntary = Vastaaminen oon vapaehtosta. Sie saatat jättää joka kysymyksen ilman vastausta. Koodi näyttää ette sie saat vastata ja missä kunnanosassa sie asut. Sinun vastaukset lukithaan ko sie lähätät net. Sen jälkhiin niitä ei saata yhistää sinhuun.
letter-contact = Oonkos sulla kysymyksiä? { $contact }
letter-number = Preivin nummeri
letter-brief = Sie saatat vastata kyselhyyn meänkielelä.
letter-brief-where = Atressi ja sinun koodi oon tässä yllä.
