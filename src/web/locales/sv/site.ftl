### status: draft
### reviewed_by:
### reviewed_on:

# Ord som finns på alla sidor.
skip-link = Hoppa till innehållet
languages-label = Språk
footer-label = Om webbplatsen
survey-name = Enkät
results-name = Trygghetsmätning
mark-demo-title = Demodata
mark-demo = Påhittade uppgifter som visar hur tjänsten fungerar. Inget här är en riktig undersökning.
mark-test-title = Provomgång
mark-test = Svaren här räknas inte.
mark-draft-title = Utkast
mark-draft = Texterna på det här språket är inte granskade än.
footer-help = Stöd och hjälp
footer-promise = Så skyddas dina svar
footer-accessibility = Tillgänglighet
footer-cookies = Kakor
footer-privacy = Personuppgifter

date = { $day } { $month } { $year }
date-and-time = { $date } kl. { $time }
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
accessibility-aim = Webbplatsen är byggd för att alla ska kunna använda den, med tangentbord, skärmläsare, förstoring och utan JavaScript. Målet är WCAG 2.2, nivå AA.
accessibility-state = Ingen granskning är gjord än. Därför finns det ännu ingen fullständig tillgänglighetsredogörelse på den här sidan.
accessibility-feedback = Kan du inte använda någon del? Kontaktuppgifter står i brevet och på kommunens webbplats. Du kan alltid svara på papper i stället.

cookies-title = Kakor
cookies-why = Webbplatsen använder bara kakor som behövs för att den ska fungera. Inget sparas för reklam eller statistik.
cookies-answers = __Host-f håller ihop ditt svar medan du fyller i enkäten. Den försvinner när du har skickat, när du raderar dina svar och senast efter 24 timmar. Efter att du har skickat finns i en timme en kaka som bara kan visa kvittot igen.
cookies-code = __Host-k kommer ihåg koden i 15 minuter när du har läst av brevets QR-kod, så att du slipper skriva den.
cookies-staff = __Host-s håller personal inloggad.

privacy-title = Personuppgifter
privacy-who = Ansvariga för enkäten är { $organisations }.
privacy-who-letter = Vem som ansvarar för enkäten står i brevet.
privacy-answers = Fram till att kuverten öppnas är dina låsta svar personuppgifter. Efteråt går de inte att koppla till dig.
privacy-kept = Medan enkäten pågår sparas vilka koder som är använda. IP-adress, enhet och klockslag sparas inte tillsammans med svaren. För att stoppa missbruk räknar servern försök från samma nät i högst en timme, i minnet.
privacy-more = Läs mer om hur svaren skyddas
