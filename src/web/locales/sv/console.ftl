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
