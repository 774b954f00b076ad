### status: draft
### reviewed_by:
### reviewed_on:

# Metodsidan: varje tal kommer ur publiceringen eller ur programmet.
method-title = Metod
method-title-of = Metod för { $release }
method-about = Sidan gäller publiceringen { $release } och är gjord av den. Det som inte står i den anges inte här.
method-contents = Innehåll
method-unstated = Anges inte i publiceringen.
method-version = { $id }, version { $version }
method-of-release = Så är siffrorna framtagna

method-asked = Vad som frågas, och vem
method-survey = Mätning
method-survey-text = { $title }, { $period }
method-organisations = Ansvarig
method-population = Vilka siffrorna gäller
method-population-text = { $stream ->
    [stay] De som vistas i { $area } och är mellan { $youngest } och { $oldest } år
   *[resident] De som bor i { $area } och är mellan { $youngest } och { $oldest } år
}
method-areas = Områden
method-areas-text = { $count } (indelning { $set })
method-population-date = Befolkningen är räknad den
method-frame = Register som urvalet drogs ur
method-form = Frågeformulär
method-form-hash = Formulärets SHA-256
method-questions = Omfattning
method-questions-text = { $items } frågor ligger bakom { $measures } mått
method-wordings = Frågornas lydelse, svarsalternativen och formeln står vid varje mått:

method-asking = Hur det frågades
method-field = Insamling
method-field-text = { $from } till { $to }
method-modes = Sätt att svara
method-mode = { $mode ->
    [web] på webben
    [paper] på papper
    [assisted] med hjälp, till exempel per telefon
   *[other] { $mode }
}
method-paper = Andel på papper
method-paper-text = { $percent } procent av svaren
method-languages = Språk
method-letters = Urval och brev
method-letters-text = { $sampled } personer drogs och fick var sitt brev med en kod
method-reminders = Påminnelser
method-source = Svaren är insamlade av

method-response = Vilka svarade
method-response-unstated = Publiceringen anger inte hur många som tillfrågades. Den säger därför ingen svarsandel.
method-set-aside = { $count ->
    [one] Ett kuvert gick inte att läsa när de öppnades. Två personer beslutade att lägga det åt sidan, och svaret i det är inte med.
   *[other] { $count } kuvert gick inte att läsa när de öppnades. Två personer beslutade att lägga dem åt sidan, och svaren i dem är inte med.
}
method-response-text = S = O + B + C + P + I + M: alla som drogs i urvalet (S) är antingen övertäckning (O: döda, flyttade), har skickat tillbaka blankt eller avböjt (B), har svarat fullständigt (C: minst { $complete } procent av kärnfrågorna), delvis (P: minst { $partial } procent) eller otillräckligt (I), eller har inte hörts av (M). C och P används i siffrorna. Talen är exakta.
method-rate-text = { $kind ->
    [rr1] { $formula }: { $rate } procent. Bara fullständiga svar, av dem som kunde svara.
    [rr2] { $formula }: { $rate } procent. Fullständiga och delvisa svar, av dem som kunde svara. Det är svarsandelen på alla sidor.
    [raw] { $formula }: { $rate } procent. Rå svarsandel: av alla utvalda, också dem som inte kunde svara.
    [weighted] { $formula }: { $rate } procent. Områdenas svarsandelar vägda efter deras befolkning (N), eftersom områdena är olika stora.
   *[other] { $formula }: { $rate } procent.
}
method-response-caption = Svar per område
method-composition = De som svarade och befolkningen, hela kommunen
method-composition-text = Antal svar är avrundade; grupper med färre än { $fewest } svar visas inte. Vikterna rättar till skillnader mellan områden, kön och åldrar, men inte andra skillnader mellan dem som svarar och dem som inte gör det.
method-sampled = Utvalda (S)
method-over-coverage = Övertäckning (O)
method-blank = Blankt, avböjt (B)
method-complete = Fullständiga (C)
method-partial = Delvisa (P)
method-insufficient = Otillräckliga (I)
method-rest = Övriga (M)
method-rate = { $formula }, procent
method-group = Grupp
method-group-both = { $sex }, { $age }
method-answered-percent = Av svaren, procent
method-persons = Befolkning
method-persons-percent = Av befolkningen, procent

method-weights = Vikter
method-scheme = Metod i filen
method-margins = Avstämt mot
method-margins-text = { $scheme ->
    [poststratify] befolkningen i varje kombination av område, kön och ålder
    [rake] befolkningen i varje område, och i varje kombination av kön och ålder
    [calibrate] befolkningen i varje område, och i varje kombination av kön och ålder
    [design] befolkningen i varje område
    [none] ingenting
   *[other] Anges inte i publiceringen.
}
method-nothing = Inga
method-merged-districts = Områden som vägs som ett
method-merges = Åldersgrupper som vägs som en
method-merges-text = Där få har svarat vägs åldersgrupper ihop. Bara antalet svar avgör, aldrig vad någon har svarat.
method-merge = { $area }, { $sex }: { $ages }
method-trimmed = Kapade vikter
method-trimmed-text = { $percent } procent av svaren har fått en stor vikt sänkt
method-untrimmed = Inga vikter är kapade
method-moved = Vikterna mot urvalets
method-moved-text = mellan { $least } och { $most } gånger
method-kish = Vikternas designeffekt (Kish)
method-precision = Huvudmåttens precision, hela kommunen
method-redrawn-weights = Områdena i den här publiceringen är nyare än omgången. Urval, vikter och stratum är de gamla områdenas, som nämns med sin kod.
method-precision-text = Designeffekten säger hur många gånger större variansen är än i ett obundet slumpmässigt urval med lika många svar. Det effektiva antalet är så många svar som ett sådant urval hade behövt för samma precision. Sammansatta mått har ingen designeffekt; deras effektiva antal är delarnas minsta.
method-deff = Designeffekt
method-n-eff = Effektivt antal svar

method-uncertainty = Osäkerhet
method-confidence = Varje siffra har ett konfidensintervall: av alla urval som kunde ha dragits ger ungefär { $percent } procent ett intervall som täcker det sanna värdet. Det gäller slumpen i urvalet, inte fel i svaren eller skillnader mellan dem som svarar och dem som inte gör det.
method-interval = { $kind ->
    [share] Andelar: logit-intervall med t-fördelning; Korn-Graubard där en sida har färre än { $least } svar i effektivt antal, Clopper-Pearson där alla svarar lika.
    [mean_points] Medelvärden av poäng: skattningen plus och minus normalfördelningens kvantil gånger medelfelet.
    [composite] Sammansatta mått: som medelvärden, med delarnas samvariation inräknad.
    [step] Stegindex: som medelvärden, med medelfelet ur dragna replikat.
   *[other] { $kind }: så som filen anger nedan.
}
method-variance = Varians
method-variance-text = { $form ->
    [design] linjäriserad, med områdena som stratum
    [poststratified] linjäriserad, med områdena som stratum; avvikelser från medelvärdet i varje viktningscell
    [calibrated] linjäriserad, med områdena som stratum; residualer från en regression på de tal som vikterna stäms av mot
    [rake_r] linjäriserad, med områdena som stratum; upprepad avstämning, som i R
    [bootstrap] replikat som dras om inom varje område
   *[other] { $form }
}
method-as-filed = { $step ->
    [weights] Vikter, i filen
    [variance] Varians, i filen
    [intervals] Intervall, i filen
    [tests] Prövningar, i filen
   *[other] { $step }, i filen
}
method-tests = Hur förändringar prövas
method-tests-text = En förändring prövas på den oavrundade skillnaden mellan två oberoende urval. Den kallas säkerställd om det justerade p-värdet är under { $percent } procent. Att två intervall överlappar är aldrig prövningen. P-värden justeras inom familjer, så att många jämförelser inte ger många falska fynd:
method-family-headlines = Huvudmåtten för hela kommunen tillsammans ({ $measures }): Holm.
method-family-others = Varje annat mått för sig, med alla grupper av samma slag tillsammans (till exempel alla områden): Benjamini-Hochberg.
method-expected = Vilken felmarginal som är att vänta
method-expected-text = Halva intervallets bredd i procentenheter för en andel, vid { $percent } procent där den är störst: { $z } · √(deff · p(1−p)/n). Talen är för planering och läsning; varje siffra har sitt eget intervall.
method-expected-caption = Halv bredd i procentenheter vid { $percent } procent
method-simple-sample = Obundet slumpmässigt urval
method-with-deff = { $measure } (deff { $deff })

method-comparability = Vad som kan jämföras
method-compared-none = Publiceringen jämförs inte med någon tidigare mätning.
method-compared-text = Publiceringen jämförs med:
method-compared-with = { $period }, publicering { $release }.
method-breaks = Skillnader mellan mätningarna
method-breaks-none = Inget som skiljer mätningarna har hittats.
method-breaks-text = Programmet letar efter det som skiljer mätningarna innan någon skillnad räknas ut, och en namngiven person kan lägga till vad programmet inte kan veta. Där en siffra inte visas finns heller ingen förändring.
method-break-since = Sedan
method-break-reason = Vad som skiljer
method-break-class = Följd
method-break-measures = Mått
method-break-areas = Områden
method-class = { $class ->
    [hard] Jämförs inte
    [bridged] Jämförs, med brottet markerat: en namngiven person har bedömt det
    [soft] Jämförs, med förbehåll
   *[note] Jämförs, med en anmärkning
}
method-all-measures = alla mått
method-all-areas = alla
method-history = Siffror som andra publicerade före tjänsten visas för sig, så som de trycktes. De ingår aldrig i en skillnad.

method-withheld = Vad som inte visas, och varför
method-shown = Siffror som visas
method-hidden = Siffror som inte visas (..)
method-flagged = Siffror som är märkta (u, i)
method-applied = Skydd som är tillämpade
method-not-applied = Skydd som inte är tillämpade
method-step = { $step ->
    [minimum_n] minsta antal svar
    [rounding] avrundning
    [complementary] undanhållande av fler siffror för att skydda andra
    [ledger] hänsyn till allt som har publicerats förut
    [attack] angrepp med linjär programmering
   *[other] { $step }
}
method-thresholds = Gränser
method-min-n = Minsta antal svar bakom en siffra
method-width = Hur oviss en liten grupp minst förblir
method-width-text = { $percent } procent av skalans längd
method-single-source = Eller, där en enda visad siffra redan säger mer
method-single-source-text = { $percent } procent av det som den siffran lämnar öppet
method-count-width = Hur ovisst ett litet antal minst förblir
method-count-width-text = { $width } svar
method-plan-hash = Publiceringsplanens SHA-256
method-rounding = Avrundning efter antal svar
method-rounding-text = Ju färre svar, desto grövre avrundas siffran, så att ett svar flyttar den ungefär ett steg. Intervallets gränser räknar in avrundningen.
method-from-n = Från antal svar
method-scale = Avrundas till, skalan { $from }–{ $to }
method-rounded = { $n } blir { $printed }
method-rounding-n = Antalet svar avrundas också: { $examples }. Bokföringen av svaren är exakt.
method-difference = Skillnaden i en förändring är den mellan de två tryckta siffrorna, så den säger inget som de inte redan säger.
method-alone = En siffra visas inte om
method-alone-few = färre än { $n } har svarat
method-alone-plan = det effektiva antalet svar är för litet, eller för många har hoppat över frågan; de gränserna står i publiceringsplanen
method-alone-effective = det effektiva antalet svar är mindre än { $n }
method-alone-nonresponse = mer än { $percent } procent av dem som fick frågan har hoppat över den
method-alone-alike = alla har svarat lika: för poäng alltid, för andelar om färre än { $n } har svarat
method-alone-nearly = frågan är känslig, färre än { $n } har svarat och minst { $percent } procent av dem finns på en sida
method-alone-small = frågan är känslig och bara { $from }–{ $to } svar finns på en sida
method-alone-part = måttet är sammansatt och någon del inte visas
method-alone-flagged = En siffra som visas märks med i om mer än { $percent } procent har hoppat över frågan.
method-alone-uncertain = En siffra märks med u, osäker, om färre än { $n } har svarat eller om felmarginalen är större än { $share } procentenheter för en andel och { $points } procent av skalan för poäng, eller om utelämnade svar kan flytta en andel mer än { $bounds } procentenheter.
method-attack = Hur skyddet prövas
method-attack-text = Den som vill röja antas ha läst alla publiceringar, känna befolkning, vikter, avrundning och gränser, och kunna lösa ekvationer. Innan något publiceras försöker programmet självt räkna ut varje liten grupp: med linjär programmering ur alla siffror som visas nu och allt som har visats förut. En liten grupp är en som inte visas för att den har för få eller för lika svar, de minsta grupperna efter område, kön och ålder, och det som två visade grupper har gemensamt eller skiljer dem åt. Lyckas det snävare än gränserna ovan undanhålls fler siffror tills det inte går, eller så publiceras ingenting.
method-complementary = Därför kan en siffra med många svar saknas: den skulle ha avslöjat en annan. Alla undanhållna siffror har samma märke (..), vad skälet än är. Det som har publicerats tas aldrig tillbaka.
method-uncovered = Vad skyddet inte täcker
method-uncovered-likely = Sannolikheter: det prövas vad som går att räkna ut, inte vad som är troligt inom det som lämnas öppet.
method-uncovered-own = Vad en svarande vet om sitt eget svar, och svarande som lägger ihop vad de vet.
method-uncovered-side = Annan kunskap än den som angriparen antas ha.
method-uncovered-bases = Samband mellan mått som räknas på olika många svar.
method-uncovered-widths = Vad bredden på ett intervall säger om spridningen.
method-uncovered-categories = Frågor med tre eller fler svar: svarens andelar i en grupp undanhålls tillsammans. Kopplingar mellan små grupper över svaren därutöver angrips inte gemensamt.
method-uncovered-areas = Hur många i ett helt område som har svarat: det trycks exakt, och därmed nästan också hur många av dem som har svarat på en fråga.
method-uncovered-history = Siffror som andra publicerade före tjänsten.

method-verify = Hur siffrorna kontrolleras
method-file = Hela publiceringen som fil:
method-release = Publicering
method-made = Sammanställd
method-hash = Filens SHA-256
method-body-hash = SHA-256 för det som skrevs under
method-key = Nyckel (Ed25519)
method-software = Program
method-seed = Slumpfrö
method-ledger = Tidigare publiceringar som skyddet tog hänsyn till
method-ledger-none = Inga: det är den första
method-signers = Vilka som har skrivit under
method-organisation = Organisation
method-capacity = I egenskap av
method-signed-at = När
method-role = { $role ->
    [releaser] utgivare
   *[other] { $role }
}
method-commands = Kommandon
method-hash-text = Filen är oförändrad om den har det SHA-256 som står ovan:
method-key-text = Vem som helst kan kontrollera underskriften, utan databas. Jämför först nyckeln med den som organisationerna själva har lämnat ut:
method-recompute-text = Den som har svaren kan räkna om hela filen ur dem, till sista byten. Det som slumpas dras ur slumpfröet:
method-unsigned = Publiceringen gjordes innan publiceringar skrevs under. Bara filens SHA-256 kan jämföras.

method-releases = Alla publiceringar och rättelser
method-figures = Siffrorna
method-this-release = Den här sidan gäller den.
