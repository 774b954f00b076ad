### status: draft
### reviewed_by:
### reviewed_on:

# Personalens konsol.
console-title = Konsol
console-rounds = Mätomgångar
console-caption = Alla mätomgångar, den senaste först
console-none = Det finns ingen mätomgång än. Planera en med kommandot trygg round create.
console-who = Du är inloggad som
console-round = Omgång
console-period = Period
console-stage = Skede
console-dates = Första och sista dag
console-kind = Slag
console-version = Formulär
console-key = Nyckel gjord
console-letters = Brevkoder dragna
console-reminder = Påminnelse { $number }
console-reminder-text = { $letters } brev, { $when }
console-link = Öppen länk: { $place }
console-yes = ja
console-no = nej
console-reason = Skäl
console-back-label = Tillbaka
console-done = Klart
signin-title = Logga in
signin-login = Inloggningsnamn
signin-password = Lösenord
signin-button = Logga in
signin-wrong = Namnet eller lösenordet stämmer inte.
signout-button = Logga ut
stage-draft = utkast
stage-scheduled = planerad
stage-open = öppen
stage-paused = pausad
stage-closed = stängd
stage-opened = kuverten öppnade
stage-released = publicerad
stage-archived = arkiverad
move-scheduled = Planera in
move-draft = Gör till utkast igen
move-open = Öppna
move-paused = Pausa
move-closed = Stäng i förtid
move-archived = Arkivera
key-title = Nyckel
key-text = Nyckeln görs innan omgången öppnar. Lösenfrasen visas en gång och sparas ingenstans. Ha papper och penna redo.
key-button = Gör nyckeln
key-once = Skriv av lösenfrasen nu. Den visas bara här och går inte att få fram igen. Utan den kan svaren aldrig läsas.
key-back = Jag har skrivit av den
open-title = Öppna kuverten
open-text = Nyckelhållaren skriver lösenfrasen. Efteråt finns varken koder, kuvert eller nyckel kvar.
open-share = Lösenfras
open-button = Öppna kuverten
open-busy = Kuverten är öppnade. Tabellerna är inte omskrivna än, eftersom någon läser dem. Försök igen om en stund.
open-administrator = Kuverten är öppnade. Databasens administratör måste köra detta, tryck sedan på knappen igen: { $commands }
publish-title = Publicera
publish-reason = Skäl till rättelsen
publish-areas = Nyare områdesindelning (ID/VERSION), om siffrorna ska gälla den; tomt: omgångens egen
publish-areas-format = Skriv den nyare områdesindelningen som ID/VERSION, till exempel lulea-12/2027.
publish-button = Beräkna och sammanställ
breaks-title = Brott i tidsserierna
breaks-text = Maskinen hittar brotten när en omgång publiceras. En analytiker kan lägga till det som maskinen inte kan veta, och bedöma ett brott som ofarligt. Allt sparas med namn, tid och skäl och gäller från nästa publicering; det som redan är publicerat ändras inte.
breaks-found = Hittade mellan publicerade omgångar
breaks-said = Sagt av personalen
breaks-none = Inga.
breaks-between = Mellan
breaks-reason = Skäl
breaks-weight = Vikt
breaks-measures = Mått
breaks-what = Vad
breaks-note = Skäl
breaks-who = Vem och när
breaks-say = Lägg till
breaks-say-text = En ändrad frågeordning bedöms bara med ett delat urval, ändrade svarssätt bara med en parallell mätning. En rättad stavning behöver två personer.
breaks-mark = Ange vilket publicerat värde som gäller
breaks-mark-text = Alla publicerade värden står kvar på sidorna.
breaks-withdraw = Ta tillbaka
break-declare = Något som maskinen inte kan veta
break-bridge = Ett brott är ofarligt
break-spelling = En ändrad formulering är en rättad stavning
break-code-choice = { $words } ({ $code })
break-value-choice = { $series } { $period }: { $printed } ({ $source })
break-act = Vad
break-code = Brott
break-choose = Välj
break-from = Tidigare omgång, eller den som en händelse rör
break-to = Senare omgång
break-measure = Bara måttet (kod, tomt för alla)
break-item = Bara frågan (kod, tomt för alla)
break-area = Bara området (kod, tomt för alla)
break-evidence = Underlag
break-no-evidence = Inget
break-split-sample = Delat urval: en slumpad del fick den gamla ordningen
break-parallel-run = Parallell mätning: båda svarssätten samtidigt
break-note = Skäl (visas bredvid brottet)
break-button = Spara
break-value = Publicerat värde
break-mark-button = Spara
break-id = Uppgift
break-withdraw-button = Ta tillbaka
break-measures = { $count } mått
break-periods = { $from } och { $to }
break-class = { $class ->
    [hard] kan inte jämföras
    [bridged] bedömt som ofarligt
    [soft] förbehåll
   *[note] anmärkning
}
break-who = { $person }, { $date }
break-withdrawn = Tillbakataget av { $who }: { $note }
break-said = { $act ->
    [declare] { $code }: { $from } { $to } { $only }
    [bridge] { $code } är ofarligt: { $from } och { $to } { $only }
    [spelling] Rättad stavning: { $from } och { $to } { $only }
   *[mark] { $series } { $period }: { $printed } ({ $source }) gäller
}
desk-title = Kontorets räkning: { $round }
desk-link = Kontorets räkning av bortfall
desk-back = Omgången
desk-text = En rad per område: koden, övertäckning (döda, flyttade) och brev som kommit tillbaka blanka eller avböjda. Varje sparning är en ny version; de tidigare finns kvar.
desk-last = Senast sparad: version { $version }, { $date }.
desk-counts = Rader (area_code,over_coverage,blank)
desk-button = Spara som ny version
console-waiting = Väntar på underskrift
candidate-title = Publicering { $release }
candidate-waiting = Publiceringen väntar på underskrift. Inget av den är offentligt.
candidate-released = Alla har skrivit under. Publiceringen är offentlig.
candidate-refused = Publiceringen har avslagits. Den måste sammanställas på nytt.
candidate-stale = En annan publicering av undersökningen kom före, och skyddet mot röjande måste känna till den. Publiceringen måste sammanställas på nytt.
candidate-replaced = Publiceringen har sammanställts på nytt. Skriv under den nya i stället.
candidate-expired = Alla skrev inte under inom 14 dagar. Publiceringen måste sammanställas på nytt.
candidate-composed = Sammanställd
candidate-figures = Siffror
candidate-counts = { $shown } visas, { $withheld } visas inte, { $flagged } är osäkra
candidate-correction = Rättelse
candidate-differs = Jämfört med den
candidate-hash = SHA-256 för det som skrivs under
candidate-headlines = Huvudmåtten för hela kommunen
candidate-file = Allt som skrivs under, som fil (JSON)
word-none = Har inte skrivit under än: { $organisation }.
word-signed = Har skrivit under: { $organisation }, { $when }.
word-refused = Har avslagit: { $organisation }, { $when }. Skäl: { $reason }
sign-title = Skriv under för { $organisation }
sign-text = Du skriver under precis de siffror som har kontrollsumman ovan. När den sista organisationen har skrivit under är de offentliga och kan aldrig ändras, bara rättas genom en ny publicering.
sign-password = Ditt lösenord, en gång till
sign-button = Skriv under
sign-password-wrong = Lösenordet stämmer inte.
sign-reason-missing = Skriv varför du avslår.
sign-own-composition = Den som har sammanställt publiceringen skriver inte under den. Be en kollega.
sign-same-person = Du har skrivit under för en annan organisation. En person skriver aldrig under för två.
sign-organisation-signed = Din organisation har redan skrivit under.
sign-not-asked = Din organisation skriver inte under den här publiceringen.
sign-body-differs = Det du såg är inte det som väntar. Titta på det igen.
refuse-title = Avslå
refuse-reason = Skäl till avslaget
refuse-button = Avslå
gate-title = Vad skyddet mot röjande gjorde
gate-text = Bara för personal: skälen säger något om de siffror som inte visas.
gate-attack = Angrepp
gate-attacked = { $targets } grupper med få svar prövades, i { $systems } system
gate-first-failures = Grupper som gick att räkna ut innan fler siffror undanhölls
gate-at-first = Smalast innan fler siffror undanhölls
gate-narrowest = Smalast till sist
gate-of-needed = { $percent } % av den bredd som krävs
gate-withheld = Visas inte: { $reason ->
    [not_estimable] inga svar
    [too_few] för få svar
    [too_few_effective] för få effektiva svar
    [nonresponse] för stort partiellt bortfall
    [homogeneous] alla eller nästan alla har svarat lika
    [small_count] känslig andel med få personer
    [part_withheld] en del av indexet visas inte
    [complementary] skulle röja en annan siffra
   *[other] { $reason }
}
gate-given-up = Siffror som inte visas för att skydda andra
gate-refused-nothing = Ingen siffra har tillräckligt många svar för att visas.
gate-refused-narrow = En grupp med få svar skulle gå att räkna ut ur det som publiceras, och den går inte att skydda genom att fler siffror undanhålls. Ta bort en tabell ur publiceringsplanen eller slå ihop grupper.
gate-refused-areas = Planen har ett område som inte är hela områden i omgången. Använd hela områden.
gate-refused-revision = Rättelsen ändrar svaren för så få personer i en grupp att de skulle gå att räkna ut. Rätta dem tillsammans med fler, eller inte alls.
gate-refused-unsure = Skyddet kunde inte visa att uppgifterna är säkra, och då lämnas inget ut. Meddela den som sköter tjänsten.
gate-refused-ledger = Uppgiften om vad en tidigare publicering har visat saknas, har ändrats eller är signerad med en annan nyckel än tjänstens. Återställ databasen från en säkerhetskopia, eller nyckeln.
release-areas-unknown = Områdesindelningen finns inte. Importera den först.
release-crosswalk-missing = Det saknas en nyckel mellan omgångens områden och de nya. Importera den först.
release-areas-split = Ett gammalt område är delat mellan flera nya, och svaren säger inte var i området någon bor.
keys-link = Nyckelhållare och nyckelblad
keys-title = Nyckelblad: { $round }
keys-text = Svaren låses med en nyckel som delas mellan { $count } nyckelhållare. Minst { $needed } av dem måste lämna sina nyckelblad för att kuverten ska kunna öppnas. Ingen kan göra det ensam.
keys-lost = { $spare ->
    [one] Ett blad kan försvinna utan att något går förlorat. Försvinner fler kan ingen någonsin läsa svaren.
   *[other] { $spare } blad kan försvinna utan att något går förlorat. Försvinner fler kan ingen någonsin läsa svaren.
}
keys-lost-all = Ett förlorat blad = alla svar förlorade. Alla blad behövs för att öppna kuverten.
keys-caption = Nyckelhållare
keys-holder = Nyckelhållare
keys-sheet = Nyckelblad
keys-state-none = Inget blad än
keys-state-drawn = Har fått sitt blad men inte skrivit in det
keys-state-confirmed = Har skrivit in sitt blad
keys-state-rehearsed = Har provat sitt blad
keys-state-given = Har lämnat sin del av nyckeln
keys-state-destroyed = Har förstört sitt blad
keys-make-text = Alla har skrivit in sina blad. Nyckeln görs nu, delas och låses till bladen. Sedan kan inget blad bytas.
keys-unconfirmed = Har inte skrivit in sina blad än: { $names }.
keys-left = { $left ->
    [one] Ett blad till måste förstöras innan något kan publiceras.
   *[other] { $left } blad till måste förstöras innan något kan publiceras.
}
opening-ask-text = Två personer startar öppnandet tillsammans. Sedan lämnar nyckelhållarna sina blad, var och en på sin egen sida och i valfri ordning. Öppnandet gäller i 60 minuter.
opening-ask-button = Begär öppnande
opening-agree-text = Den som bekräftar är en annan än den som begärde. När du bekräftar startar öppnandet.
opening-agree-button = Bekräfta och starta öppnandet
opening-again-text = Händer inget fast alla blad är lämnade har servern startat om. Börja då om; inget har gått förlorat, men bladen måste lämnas igen.
opening-again-button = Börja om
opening-somebody = Någon vid servern
opening-asked = { $who } har begärt att kuverten öppnas. En annan person måste bekräfta.
opening-running = Öppnandet pågår till { $until }. { $given } av { $needed } blad är lämnade.
opening-unreadable = { $count ->
    [one] Ett kuvert går inte att läsa. Inget är öppnat.
   *[other] { $count } kuvert går inte att läsa. Inget är öppnat.
}
opening-aside-text = Återställ hellre databasen från en säkerhetskopia. Går det inte kan två personer besluta att lägga kuverten åt sidan. Svaren i dem är då borta, och antalet publiceras.
opening-aside-button = Lägg kuverten åt sidan
opening-aside-asked = { $who } vill lägga dem åt sidan. En annan person måste besluta detsamma.
opening-not-under-way = Inget öppnande pågår. Det måste startas först och gäller i 60 minuter.
opening-same-person = En annan person måste bekräfta.
opening-another-number = Antalet kuvert som inte går att läsa är ett annat nu. Titta igen.
holder-sheet = Det som står på nyckelbladet
holder-draw = Ta nyckelbladet
holder-draw-text = Bladet visas en gång och sparas ingenstans. Ha en skrivare redo, eller papper och penna. Ett blad som du har tagit förut slutar gälla.
holder-draw-button = Visa mitt nyckelblad
holder-confirm = Skriv in bladet
holder-confirm-text = Skriv av från papperet, så vet vi att det går att läsa. Stora eller små bokstäver och mellanrum spelar ingen roll.
holder-confirm-button = Bekräfta bladet
holder-rehearse = Prova bladet
holder-rehearse-text = Vi provar att bladet öppnar din del av nyckeln. Inga kuvert öppnas och inget sätts ihop.
holder-rehearse-button = Prova
holder-works = Bladet fungerar. Inget har öppnats.
holder-give = Lämna bladet
holder-give-text = Öppnandet pågår. När tillräckligt många har lämnat sina blad öppnas kuverten.
holder-give-button = Lämna min del av nyckeln
holder-destroy = Förstör bladet
holder-destroy-text = Kuverten är öppnade. Strimla eller elda upp bladet när säkerhetskopian av de öppnade svaren är kontrollerad, så går gamla kopior av databasen aldrig att öppna. Bekräfta sedan här.
holder-destroy-button = Bladet är förstört
holder-mistyped = Du har skrivit fel. Bladet har 28 tecken i sju grupper; jämför varje grupp med papperet.
holder-other = Det här är bladet som hör till { $name }.
holder-taken = Bladet för { $name } har tagits av någon annan, som är den enda som kan använda det här.
holder-same-person = Du har redan bladet för { $name }. En person har aldrig två blad i samma omgång.
holder-other-round = Det här är ett blad för omgången { $round }.
holder-unknown = Ingen har det här bladet. Kanske är det ett gammalt, som har bytts mot ett nytt.
holder-too-late = Nyckeln är gjord eller omgången har öppnat. Inget blad kan bytas.
holder-no-shares = Det finns inget att prova: nyckeln är inte gjord än, eller kuverten är redan öppnade.
holder-still-needed = Bladet behövs än. Det förstörs när kuverten är öppnade.
holder-share-broken = Bladet är rätt men öppnar inte din del av nyckeln. Uppgifterna i databasen är skadade eller ändrade. Meddela den som sköter tjänsten.
holder-not-yours = Någon annan har tagit det här bladet.
sheet-title = Nyckelblad
sheet-round = Omgång
sheet-once = Skriv ut sidan nu, eller skriv av tecknen. De visas bara här och går inte att få fram igen.
sheet-code = Samma tecken som QR-kod
sheet-keep = Förvara bladet så att bara du kommer åt det. Ta ingen bild av det och spara det inte som fil. När kuverten ska öppnas skriver du in tecknen på din sida, och efteråt förstör du bladet.
sheet-back = Jag har skrivit ut bladet
