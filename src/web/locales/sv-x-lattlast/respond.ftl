### status: draft
### reviewed_by:
### reviewed_on:

# Svarandens sidor på lätt svenska. Löftets texter (promise-…) säger samma sak som på svenska och ändras bara tillsammans med båda organisationerna.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Fel: { $title }

start-about = Det här är en enkät. En enkät är frågor som många får svara på. Frågorna handlar om hur det är att bo och vara där du bor. De handlar om trygghet, om brott och om hur det är utomhus.
start-about-use = Svaren visar vad som behöver bli bättre. Svaren visar också om det som görs hjälper.
start-who = Det är { $organisations } som frågar.
start-length = Det tar ungefär { $minutes } minuter att svara.
start-voluntary = Det är frivilligt att svara. Det betyder att du bestämmer själv. Du kan hoppa över varje fråga.
start-closes = Du kan börja svara till och med { $date }.
start-promise = Dina svar låses när du skickar dem. Efteråt går svaren inte att koppla till dig.
start-promise-link = Läs hur det fungerar. Läs också vad vi inte kan skydda mot.
start-code = Kod
start-code-hint = Koden står i brevet. Den har tio tecken. Tecken är bokstäver och siffror. Så här kan en kod se ut:
start-button = Börja
start-device = Du kan göra en paus. Fortsätt sedan i samma webbläsare. Webbläsaren är programmet som visar sidan. Byter du telefon eller dator får du börja om. Använd då samma kod.
start-standing = Du har börjat svara i den här webbläsaren. Dina svar finns kvar till { $until }.
start-standing-title = Fortsätt där du slutade
start-again = Eller börja om
start-again-hint = Skriv koden igen. Då tas svaren som finns i den här webbläsaren bort.
continue = Fortsätt
open-not-yet = Enkäten är inte öppen än.
open-not-yet-date = Enkäten öppnar { $date }.
open-closed-results = Resultaten väntas komma { $date }.

error-heading = Något är fel
error-code-wrong = Koden stämmer inte. Titta på de tio tecknen i brevet igen.
error-code-used = Den här koden är redan använd.
error-option-unknown = Välj ett av svaren i listan.
error-draft-gone = Svaren som du började med är borta. Det har gått mer än 24 timmar. Du kan börja om med samma kod.
error-cookies-off = Din webbläsare säger nej till kakor. Kakor är små filer som sidan behöver. Du kan svara på papper i stället.
error-round-closed = Enkäten är stängd. Tack för att du ville svara.
error-round-paused = Enkäten har paus. Det du har svarat finns kvar i 24 timmar.
error-busy = Vi kan inte ta emot svaret just nu. Det du fyllde i finns kvar på den här sidan. Vänta lite och försök igen.
error-too-many = Det blev för många försök. Vänta en minut. Försök sedan igen.
error-question-gone = En fråga finns inte kvar på sidan
error-question = Fråga { $number }

link-place = Länken gäller { $place }.
link-age = Enkäten är för dig som är { $age } år eller äldre.
link-who = Du kan svara om du bor, arbetar eller studerar här. Du kan också svara om du är här på besök. Du behöver ingen kod.
link-voluntary = Det är frivilligt att svara. Det betyder att du bestämmer själv. En fråga måste du svara på om du vill vara med. Det är frågan om var du bor. Alla andra frågor kan du hoppa över.
link-device = Du kan göra en paus. Fortsätt sedan i samma webbläsare. Webbläsaren är programmet som visar sidan.
link-again-hint = Då tas svaren som finns i den här webbläsaren bort.
link-note = Skriv inget här
link-wait = Vänta lite …
error-link-old = Det gick inte att börja. Sidan kan ha varit öppen för länge. Tryck på Börja en gång till.
error-link-gone = Svaren som du började med är borta. Det har gått mer än 24 timmar. Du kan börja om.
error-home-unanswered = Välj var du bor. Det är den enda frågan som måste ha ett svar.
error-too-soon =
    { $seconds ->
        [one] Det har gått för kort tid sedan du började. Det du har svarat är sparat. Vänta { $seconds } sekund. Skicka sedan igen.
       *[other] Det har gått för kort tid sedan du började. Det du har svarat är sparat. Vänta { $seconds } sekunder. Skicka sedan igen.
    }
too-soon-title = Vänta lite
stop-later-link = Dina svar finns kvar i den här webbläsaren till { $until }. Stäng sidan. Vill du fortsätta senare? Öppna då samma länk igen.
stop-delete-link = Allt du har svarat tas bort direkt. Du kan börja om.
deleted-link = Inget finns kvar. Du kan börja om.

part = Del { $part } av { $parts }
back = Tillbaka
back-label = Sidan före
notice-label = Meddelande
probe =
    { $count ->
        [one] Du har inte svarat på fråga { $numbers }. Svara om du vill. Du kan också gå vidare.
       *[other] Du har inte svarat på frågorna { $numbers }. Svara om du vill. Du kan också gå vidare.
    }
clear-answer = Ta bort mitt svar
clear-question = på fråga { $number }
send = Skicka mina svar
send-once = När du har skickat svaren kan du inte ändra dem.
exit-button = Lämna sidan snabbt
exit-history = Knappen tar bort det du har svarat. Men webbläsarens historik finns kvar. Där syns vilka sidor du har besökt.
exit-help = Stöd och hjälp
stop-link = Sluta svara
delete-button = Ta bort mina svar

stop-title = Sluta svara
stop-later = Fortsätt senare
stop-later-text = Dina svar finns kvar i den här webbläsaren till { $until }. Stäng sidan. Vill du fortsätta senare? Öppna då adressen i brevet igen.
stop-later-back = Tillbaka till frågorna
stop-send = Skicka det jag har svarat
stop-send-text = Har du inte kommit till en fråga? Då räknas den som en fråga utan svar.
stop-delete = Ta bort mina svar
stop-delete-text = Allt du har svarat tas bort direkt. Koden går att använda igen.
deleted-title = Dina svar är borttagna
deleted-text = Inget finns kvar. Du kan börja om med samma kod.
start-over-link = Till första sidan

receipt-title = Tack. Dina svar har kommit fram.
receipt-word = Kvittoord
receipt-word-text = Ordet visar att dina svar har kommit fram. Med ordet går det inte att se vad du har svarat.
receipt-results = Resultaten väntas komma { $date }.
receipt-close = Nu kan du stänga sidan.
receipt-help = Vill du prata med någon? Här finns stöd och hjälp.

used-text = Varje kod ger ett svar. Har du inte svarat själv? I brevet står hur du får kontakt med oss.
answered-title = Du har redan svarat
answered-text = Dina svar har kommit fram. De går inte att skicka igen.
answered-receipt = Visa kvittot
closed-title = Enkäten är stängd
paused-title = Enkäten har paus
too-many-title = För många försök
busy-title = Försök igen
busy-button = Försök igen

help-title = Stöd och hjälp
help-urgent = Är det fara just nu? Ring 112.
help-lead = Har du varit med om något svårt? Vill du prata med någon? Då kan du ringa hit.
help-emergency = Nödnummer
help-police = Polisen, när det inte är bråttom
help-victims = Brottsofferjouren, stöd för dig som har varit med om brott
help-women = Kvinnofridslinjen, stöd för kvinnor
help-men = Stödlinjen för män
help-trans = Stödlinjen för transpersoner
help-children = Bris, för dig som är under 18 år
help-survey = Frågor om enkäten
help-survey-text = I brevet står hur du får kontakt med oss. Där står också hur du svarar på papper.

promise-title = Så skyddas dina svar
promise-1 = Koden i brevet visar att du får svara. Den visar också vilken del av kommunen du bor i. Varje kod ger ett svar.
promise-2 = När du skickar svaren låses de i ett digitalt kuvert. Det är ett kuvert i datorn. Kuverten öppnas först när enkäten är stängd. Det behövs nycklar för att öppna dem. De som har nycklarna kallas nyckelhållare. Det är { $count } nyckelhållare: { $holders }. Minst { $threshold } av dem måste öppna kuverten tillsammans. Innan dess kan kommunen inte läsa svaren. Polisen kan inte heller läsa dem. De som sköter datorerna kan inte heller läsa dem.
promise-2-single = När du skickar svaren låses de i ett digitalt kuvert. Det är ett kuvert i datorn. Kuverten öppnas först när enkäten är stängd. En person öppnar dem: { $holders }. Den personen skulle kunna öppna kuverten för tidigt. Då bryter personen mot reglerna.
promise-3 = När kuverten öppnas blandas svaren. Kopplingen mellan svar och kod tas bort. Sedan syns det inte vem som har svarat vad.
promise-4 = När enkäten pågår ser vi vilka koder som är använda. Då kan vi påminna bara dem som inte har svarat. Vi ser inte svaren.
promise-5 = Vi sparar inte din IP-adress tillsammans med dina svar. En IP-adress är ett nummer som visar varifrån någon använder internet. Vi sparar inte heller telefonmodell eller klockslag tillsammans med dina svar. Servern är datorn som tar emot svaren. Servern räknar försök från samma nät i högst en timme. Det är för att stoppa missbruk. Räkningen finns bara i datorns minne.
promise-6 = Har du börjat svara men inte skickat? Då sparas svaren i 24 timmar. De är låsta med en nyckel. Nyckeln finns bara i din webbläsare. Du kan ta bort svaren när du vill.
promise-7 = Vi visar bara resultat för grupper med minst { $least } svar.
promise-1-link = Du svarar med en öppen länk. Du har ingen kod. Vi sparar vilken plats länken gäller tillsammans med svaren. Svaren räknas för sig. De blandas aldrig med svar från dem som har fått brev.
promise-3-link = När kuverten öppnas blandas svaren. Sedan syns det inte i vilken ordning svaren kom.
promise-4-link = Ibland är alla svar från en person exakt lika en annan persons svar. Ibland har någon svarat samma sak på alla frågor. De svaren räknas inte med i resultatet. Vi berättar hur många de är.
promise-limits = Det här kan vi inte skydda mot:
promise-limit-screen = Någon kan se din skärm. Någon kan läsa vilka sidor du har besökt. Någon kan styra din telefon eller dator.
promise-limit-program = Någon kan i hemlighet byta ut programmet när enkäten pågår. Svaren går att läsa i programmet en kort stund innan de låses.
promise-limit-holders = { $threshold } nyckelhållare kan bryta mot reglerna tillsammans och ha kvar en gammal kopia.
promise-limit-rare = Någon arbetar med svaren efteråt. Den personen kan känna igen svar som är mycket ovanliga tillsammans.
promise-paper = Svarar du på papper? Då finns en person som för in svaren i datorn. Den personen ser både koden och svaren. Svara på webben om du inte vill det.
promise-no-round = När enkäten är öppen står det här hur svaren skyddas.
