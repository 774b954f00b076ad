### status: draft
### reviewed_by:
### reviewed_on:

# Svarandens sidor. Löftets texter (promise-…) är ordagranna och ändras bara tillsammans med båda organisationerna.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Fel: { $title }

start-about = Enkäten handlar om hur det är att bo och vara där du bor. Den tar upp trygghet, utemiljö och brott.
start-about-use = Svaren visar var det behöver bli bättre och om det som görs hjälper.
start-who = Det är { $organisations } som frågar.
start-length = Det tar ungefär { $minutes } minuter.
start-voluntary = Det är frivilligt att svara, och du kan hoppa över varje fråga.
start-closes = Du kan börja svara till och med { $date }.
start-promise = Dina svar låses in när du skickar dem. Efteråt går de inte att koppla till dig.
start-promise-link = Läs hur det fungerar och vad vi inte kan skydda mot.
start-code = Kod
start-code-hint = De tio tecknen i brevet, till exempel
start-button = Börja
start-device = Du kan göra en paus och fortsätta senare i samma webbläsare. På en annan enhet börjar du om med samma kod.
start-standing = Du har ett påbörjat svar i den här webbläsaren. Det finns kvar till { $until }.
start-standing-title = Fortsätt där du slutade
start-again = Eller börja om
start-again-hint = Skriv koden igen. Det påbörjade svaret i den här webbläsaren raderas då.
continue = Fortsätt
open-not-yet = Enkäten är inte öppen än.
open-not-yet-date = Enkäten öppnar { $date }.
open-closed-results = Resultaten väntas { $date }.

error-heading = Det finns ett problem
error-code-wrong = Koden stämmer inte. Kontrollera de tio tecknen i brevet.
error-code-used = Den här koden är redan använd.
error-option-unknown = Välj ett av svaren i listan.
error-draft-gone = Ditt påbörjade svar har raderats. Det har gått mer än 24 timmar. Du kan börja om med samma kod.
error-cookies-off = Webbläsaren tillåter inte kakor. Du kan svara på papper i stället.
error-round-closed = Enkäten är stängd. Tack för att du ville svara.
error-round-paused = Enkäten är pausad. Det du har svarat finns kvar i 24 timmar.
error-busy = Det går inte att ta emot svaret just nu. Det du fyllde i finns kvar på den här sidan. Försök igen om en stund.
error-too-many = För många försök. Vänta en minut och försök igen.
error-question-gone = En fråga finns inte längre på sidan
error-question = Fråga { $number }

link-place = Länken gäller { $place }.
link-age = Enkäten är för dig som är { $age } år eller äldre.
link-who = Du kan svara om du bor, arbetar, studerar eller är på besök här. Ingen kod behövs.
link-voluntary = Det är frivilligt att svara. Du kan hoppa över varje fråga utom den om var du bor.
link-device = Du kan göra en paus och fortsätta senare i samma webbläsare.
link-again-hint = Det påbörjade svaret i den här webbläsaren raderas då.
link-note = Lämna fältet tomt
link-wait = Ett ögonblick …
error-link-old = Det gick inte att börja. Sidan kan ha varit öppen för länge. Tryck på Börja igen.
error-link-gone = Ditt påbörjade svar har raderats. Det har gått mer än 24 timmar. Du kan börja om.
error-home-unanswered = Välj var du bor. Det är den enda frågan som måste ha ett svar.
error-too-soon =
    { $seconds ->
        [one] Det har gått för kort tid sedan du började. Det du har svarat är sparat. Vänta { $seconds } sekund och skicka igen.
       *[other] Det har gått för kort tid sedan du började. Det du har svarat är sparat. Vänta { $seconds } sekunder och skicka igen.
    }
too-soon-title = Vänta en stund
stop-later-link = Svaren finns kvar i den här webbläsaren till { $until }. Stäng sidan och öppna samma länk igen när du vill fortsätta.
stop-delete-link = Allt du har svarat raderas genast. Du kan börja om.
deleted-link = Inget finns kvar. Du kan börja om.

part = Del { $part } av { $parts }
back = Tillbaka
back-label = Föregående sida
notice-label = Meddelande
probe =
    { $count ->
        [one] Du har inte svarat på fråga { $numbers }. Svara om du vill, eller gå vidare.
       *[other] Du har inte svarat på frågorna { $numbers }. Svara om du vill, eller gå vidare.
    }
clear-answer = Ta bort mitt svar
clear-question = på fråga { $number }
send = Skicka mina svar
send-once = När du har skickat går det inte att ändra.
exit-button = Lämna sidan snabbt
exit-history = Knappen raderar det du har svarat. Webbläsarens historik finns kvar.
exit-help = Stöd och hjälp
stop-link = Avsluta
delete-button = Radera mina svar

stop-title = Avsluta
stop-later = Fortsätt senare
stop-later-text = Svaren finns kvar i den här webbläsaren till { $until }. Stäng sidan och öppna brevets adress igen när du vill fortsätta.
stop-later-back = Tillbaka till frågorna
stop-send = Skicka det jag har svarat
stop-send-text = Frågor som du inte har kommit till räknas som obesvarade.
stop-delete = Radera mina svar
stop-delete-text = Allt du har svarat raderas genast. Koden kan användas igen.
deleted-title = Dina svar är raderade
deleted-text = Inget finns kvar. Du kan börja om med samma kod.
start-over-link = Till första sidan

receipt-title = Tack. Dina svar har kommit fram.
receipt-word = Kvittoord
receipt-word-text = Ordet visar att svaret har kommit fram. Det går inte att använda för att se vad du har svarat.
receipt-results = Resultaten väntas { $date }.
receipt-close = Nu kan du stänga sidan.
receipt-help = Vill du prata med någon? Här finns stöd och hjälp.

used-text = Varje kod ger ett svar. Har du inte svarat själv? Kontaktuppgifter står i brevet.
answered-title = Du har redan svarat
answered-text = Dina svar har kommit fram och kan inte skickas igen.
answered-receipt = Visa kvittot
closed-title = Enkäten är stängd
paused-title = Enkäten är pausad
too-many-title = För många försök
busy-title = Försök igen
busy-button = Försök igen

help-title = Stöd och hjälp
help-urgent = Vid akut fara, ring 112.
help-lead = Har du varit med om något svårt, eller vill du prata med någon? Hit kan du ringa.
help-emergency = Nödnummer
help-police = Polisen, när det inte är akut
help-victims = Brottsofferjouren
help-women = Kvinnofridslinjen
help-men = Stödlinjen för män
help-trans = Stödlinjen för transpersoner
help-children = Bris, för dig som är under 18 år
help-survey = Frågor om enkäten
help-survey-text = Kontaktuppgifter står i brevet. Där står också hur du svarar på papper.

promise-title = Så skyddas dina svar
promise-1 = Koden i brevet visar att du får svara och vilken kommundel du bor i. Varje kod ger ett svar.
promise-2 = När du skickar in låses svaren i ett digitalt kuvert. Kuverten öppnas först när enkäten är stängd, och bara om minst { $threshold } av { $count } nyckelhållare gör det tillsammans: { $holders }. Innan dess kan varken kommunen, polisen eller den som sköter datorerna läsa dem.
promise-2-single = När du skickar in låses svaren i ett digitalt kuvert. Kuverten öppnas först när enkäten är stängd, av en person: { $holders }. Den personen skulle kunna öppna dem tidigare genom att bryta mot reglerna.
promise-3 = När kuverten öppnas blandas svaren och kopplingen till koderna raderas. Sedan syns det inte vem som har svarat vad.
promise-4 = Medan enkäten pågår ser vi vilka koder som är använda. Det behövs för att bara påminna dem som inte har svarat. Vi ser inte svaren.
promise-5 = Vi sparar inte IP-adress, telefonmodell eller klockslag tillsammans med dina svar. För att stoppa missbruk räknar servern försök från samma nät i högst en timme, i minnet.
promise-6 = Ett påbörjat svar sparas i 24 timmar, låst med en nyckel som bara finns i din webbläsare. Du kan radera det när du vill.
promise-7 = Resultat visas bara för grupper med minst { $least } svar.
promise-1-link = Du svarar via en öppen länk, utan kod. Med svaren sparas vilken plats länken gäller. De räknas för sig och blandas aldrig med svar från dem som har fått brev.
promise-3-link = När kuverten öppnas blandas svaren. Sedan syns det inte i vilken ordning de kom.
promise-4-link = Svar som är exakt lika andra, eller som har samma svar på alla frågor, räknas inte med i resultatet. Vi berättar hur många de är.
promise-limits = Det här kan vi inte skydda mot:
promise-limit-screen = att någon ser din skärm, läser din webbhistorik eller styr din telefon eller dator
promise-limit-program = att någon i hemlighet byter ut programmet medan enkäten pågår (svaren är läsbara i programmet en kort stund innan de låses)
promise-limit-holders = att { $threshold } nyckelhållare bryter mot reglerna tillsammans och har kvar en gammal kopia
promise-limit-rare = att den som analyserar svaren känner igen en mycket ovanlig kombination.
promise-paper = Svarar du på papper ser den som registrerar formuläret både koden och svaren. Svara på webben om du vill undvika det.
promise-no-round = Hur svaren skyddas står här när enkäten är öppen.
