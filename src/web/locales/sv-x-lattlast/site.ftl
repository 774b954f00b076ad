### status: draft
### reviewed_by:
### reviewed_on:

# Ord som finns på alla sidor, på lätt svenska.
skip-link = Hoppa till innehållet
languages-label = Språk
footer-label = Om webbplatsen
survey-name = Enkät
results-name = Trygghetsmätning
mark-demo-title = Bara exempel
mark-demo = Siffrorna är påhittade. De visar hur tjänsten fungerar. Det här är inte en riktig undersökning.
mark-test-title = Prov
mark-test = Svaren här räknas inte.
mark-draft-title = Utkast
mark-draft = Ingen har granskat texterna på lätt svenska än.
footer-help = Stöd och hjälp
footer-promise = Så skyddas dina svar
footer-accessibility = Tillgänglighet
footer-cookies = Kakor
footer-privacy = Personuppgifter

date = { $day } { $month } { $year }
date-and-time = { $date } klockan { $time }
list-and = { $first } och { $last }
month-1 = januari
month-2 = februari
month-3 = mars
month-4 = april
month-5 = maj
month-6 = juni
month-7 = juli
month-8 = augusti
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

accessibility-title = Tillgänglighet
accessibility-aim = Tillgänglighet betyder att alla ska kunna använda webbplatsen. Du ska kunna använda tangentbord, skärmläsare eller större text. Webbplatsen ska också fungera utan JavaScript. Det finns regler som heter WCAG. Målet är att följa WCAG 2.2, nivå AA.
accessibility-state = Ingen har granskat webbplatsen än. Därför finns det ännu ingen fullständig tillgänglighetsredogörelse här. Det är en text om vad som fungerar och inte fungerar.
accessibility-feedback = Är det något du inte kan använda? I brevet står hur du får kontakt med oss. Det står också på kommunens webbplats. Du kan alltid svara på papper i stället.

cookies-title = Kakor
cookies-why = Kakor är små filer som sparas i din webbläsare. Vi använder bara kakor som webbplatsen behöver för att fungera. Vi sparar inget för reklam eller statistik.
cookies-answers = __Host-f är en kaka som håller ihop dina svar medan du svarar. Den försvinner när du har skickat svaren. Den försvinner också när du tar bort dina svar. Senast efter 24 timmar är den borta. När du har skickat svaren finns en annan kaka i en timme. Den kan bara visa kvittot igen.
cookies-code = __Host-k är en kaka som kommer ihåg koden i 15 minuter. Du får den när du läser av brevets QR-kod. Då slipper du skriva koden.
cookies-staff = __Host-s är en kaka som håller personal inloggad.

privacy-title = Personuppgifter
privacy-who = Ansvariga för enkäten är { $organisations }.
privacy-who-letter = I brevet står vem som ansvarar för enkäten.
privacy-answers = Dina låsta svar är personuppgifter tills kuverten öppnas. Personuppgifter är uppgifter som hör till en person. Efteråt går svaren inte att koppla till dig.
privacy-kept = När enkäten pågår sparar vi vilka koder som är använda. Vi sparar inte din IP-adress tillsammans med dina svar. En IP-adress är ett nummer som visar varifrån någon använder internet. Vi sparar inte heller enhet eller klockslag tillsammans med svaren. En enhet är till exempel en telefon. Servern är datorn som tar emot svaren. Servern räknar försök från samma nät i högst en timme. Det är för att stoppa missbruk. Räkningen finns bara i datorns minne.
privacy-more = Läs mer om hur svaren skyddas
