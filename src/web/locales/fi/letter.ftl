### status: draft
### reviewed_by:
### reviewed_on:

# Kirjeet. Niissä ei kerrota, mitä kysely koskee: joku muu voi lukea ne.
letter-title = Kutsu vastata kyselyyn
letter-remind-title = Muistutus kyselystä
letter-intro = Sinut kutsutaan vastaamaan kyselyyn. Kutsun lähettää { $organisations }. Vastaaminen kestää noin { $minutes } minuuttia. Voit aloittaa vastaamisen viimeistään { $date }.
letter-remind-intro = Sinut on kutsuttu vastaamaan kyselyyn. Kutsun on lähettänyt { $organisations }. Vastaaminen kestää noin { $minutes } minuuttia. Voit aloittaa vastaamisen viimeistään { $date }.
letter-remind-code = Tässä oleva koodi on uusi. Voit käyttää myös aiemman kirjeen koodia, mutta voit vastata vain kerran. Jos olet jo vastannut, sinun ei tarvitse välittää tästä kirjeestä.
letter-how = Mene osoitteeseen ja kirjoita koodi, tai suuntaa puhelimen kamera ruudulliseen koodiin. Voit vastata usealla kielellä.
letter-door = Osoite
letter-code = Koodisi
letter-scanned = QR-koodi, joka avaa kyselyn niin, että koodisi on valmiiksi täytetty
letter-voluntary = Vastaaminen on vapaaehtoista, ja voit ohittaa minkä tahansa kysymyksen. Koodi osoittaa, että sinulla on oikeus vastata ja missä kunnanosassa asut. Vastauksesi lukitaan, kun lähetät ne. Sen jälkeen niitä ei voi yhdistää sinuun.
letter-contact = Onko sinulla kysyttävää? { $contact }
letter-number = Kirjeen numero
letter-brief = Voit vastata kyselyyn suomeksi.
letter-brief-where = Osoite ja koodisi ovat yllä.
