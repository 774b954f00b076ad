### status: draft
### reviewed_by:
### reviewed_on:

# Resultatsidorna.
results-doors = Resultat
results-home = Start
results-none-title = Inga resultat än
results-none = Den första mätningen är inte publicerad än. Resultaten kommer här när den är det.
home-headlines = Det viktigaste
home-areas = Alla områden
home-areas-about = { $measure }, { $unit }. { $direction } Områdena står i fast ordning. De rangordnas inte, för skillnaderna mellan dem är ofta mindre än osäkerheten.
home-trend = Över tid
home-download = Ladda ner alla områden (CSV för Excel)
home-respond = Har du fått ett brev med kod? Svara på enkäten
areas-title = Områden
areas-caption = De viktigaste måtten per område, med osäkerhet
area-all = Alla mått
indicators-title = Mått
indicators-caption = Alla mått för hela kommunen
data-title = Data
data-text = Alla siffror på sidorna finns här, och inga andra. ".." betyder att siffran inte visas, "." att den inte finns.
data-tables = Tabeller
data-by = efter { $by }
by-district = område
by-sex = kön
by-age = ålder
by-tenure = boende
data-excel = CSV för Excel
data-csv = CSV för program
data-api = För program
data-api-text = Samma siffror som JSON. Adresserna beskrivs i ett OpenAPI-dokument:
data-releases = Publiceringar
data-changes = Förändringar (CSV)
data-release = Publicering { $release } ({ $period }), { $made }.
data-corrects = Ersätter { $release }: { $reason }
release-title = Publicering { $release }
release-frozen = Sidan visar publiceringen som den frystes den { $made }.
release-reason = Skäl till rättelsen: { $reason }
release-replaced = Publiceringen är ersatt av { $release }.
release-file = Hela publiceringen som fil (JSON)

facts-title = Om siffrorna
facts-field = Mätningen { $period } gjordes mellan { $from } och { $to } bland personer mellan { $youngest } och { $oldest } år.
facts-response = { $n } svar på { $sampled } brev, svarsandel { $rate } procent ({ $formula }).
facts-poststratified = Svaren är vägda så att de motsvarar befolkningen efter område, kön och ålder.
facts-design = Svaren är vägda så att varje område räknas efter sin befolkning.
facts-raked = Svaren är vägda så att de motsvarar befolkningen efter område och efter kön och ålder.
facts-unweighted = Svaren är inte vägda: varje svar räknas lika.
facts-redrawn = Mätningen gjordes i en äldre områdesindelning ({ $from }). Siffrorna gäller de nyare områdena ({ $to }), som vart och ett består av hela äldre områden.
facts-interval = Osäkerheten är ett konfidensintervall på 95 procent.
facts-release = Publicering { $release }
facts-marks = ".." visas inte, "." finns inte, "b" är det första värdet efter ett brott i serien, "u" är en osäker siffra (färre än 100 svar eller stor felmarginal), "i" betyder att mer än var tionde hoppade över frågan. Alla siffror är avrundade.
notice-demo = Demodata: alla svar är påhittade av ett program. Siffrorna säger inget om verkligheten.
notice-gate = Skyddet mot röjande är inte komplett: bara minsta antal svar och avrundning är tillämpade.
notice-unweighted = Siffrorna är inte vägda och gäller dem som har svarat.

table-area = Område
table-measure = Mått
table-period = År
table-value = Värde
table-interval = Osäkerhet
table-n = Svar
table-change = Sedan mätningen före

unit-percent = procent
unit-points = poäng av 100
unit-steps = steg 0–6
unit-index = index { $from }–{ $to }
unit-count = antal
unit-rate = per 100 000 invånare
direction-higher = Högre är bättre.
direction-lower = Lägre är bättre.
direction-neutral = Varken högre eller lägre är bättre.
figure-withheld = Visas inte, för att svaren är för få eller för att skydda dem som svarat.
figure-absent = Siffran finns inte: frågan ställdes inte eller området ingick inte.
figure-uncertain = Osäker siffra: få svar eller stor felmarginal.
figure-nonresponse = Många har hoppat över frågan.
figure-after-break = Första värdet efter ett brott i serien: { $reasons }.
level = { $kind ->
    [percent] I { $area } är måttet ”{ $measure }” { $value } procent (osäkerhet { $interval }, { $n } svarande). { $direction }
    [percent_none] I { $area } är måttet ”{ $measure }” högst { $upper } procent ({ $n } svarande). { $direction }
    [points] I { $area } är { $measure } { $value } av 100 (osäkerhet { $interval }, { $n } svarande). { $direction }
   *[steps] I { $area } är { $measure } { $value } på skalan 0–6 (osäkerhet { $interval }, { $n } svarande). { $direction }
}
level-noted = { $level } { $note }
change-first = Det finns ingen tidigare mätning att jämföra med.
change-none-yet = –
change = { $verdict ->
    [improved] Säkerställd förbättring sedan { $from }: { $difference } { $unit ->
        [percent] procentenheter
        [points] enheter
       *[steps] steg
    } (osäkerhet { $lower } till { $upper }). { $direction }
    [worse] Säkerställd försämring sedan { $from }: { $difference } { $unit ->
        [percent] procentenheter
        [points] enheter
       *[steps] steg
    } (osäkerhet { $lower } till { $upper }). { $direction }
    [no_established_change] Ingen säkerställd förändring sedan { $from }. Skillnaden { $difference } ryms inom osäkerheten. Det betyder inte att inget har hänt. { $direction }
   *[neutral] Skillnad mot { $from }: { $difference } { $unit ->
        [percent] procentenheter
        [points] enheter
       *[steps] steg
    } (osäkerhet { $lower } till { $upper }). { $direction }
}
change-short = { $verdict ->
    [improved] förbättring ({ $difference })
    [worse] försämring ({ $difference })
    [no_established_change] ingen säkerställd förändring ({ $difference })
   *[neutral] skillnad ({ $difference })
}
change-short-noted = { $change }; { $caveats }
change-short-refused = kan inte jämföras: { $reasons }
change-refused = Kan inte jämföras med { $from }: { $reasons }.
change-caveats = Att tänka på: { $caveats }.
change-response = Se vilka som svarade
reason-of-item = { $reason } ({ $items })
reason-of-items = { $reason } ({ $count } frågor)
reason-bridged = { $reason }, vilket bedöms inte påverka jämförelsen: ”{ $note }” ({ $person }, { $date })
reason-declared = { $reason }: ”{ $note }” ({ $person }, { $date })
reason = { $code ->
    [wording] frågan har en annan formulering
    [translation] en översättning är ändrad
    [options] svarsalternativen är andra
    [order] frågorna kommer i en annan ordning
    [order_minor] en tidigare sida har andra frågor
    [routing] frågan ställs till andra eller gäller en annan tid
    [frame] urvalet är draget ur ett annat register eller en annan befolkning
    [formula] måttet räknas på ett annat sätt
    [cut_table] måttet räknas med andra gränser
    [k_items_changed] måttet räknas på ett annat antal frågor
    [mode] man kunde svara på andra sätt
    [mode_mix] andelen pappersvar är en annan
    [age_range] åldersgränserna är andra
    [stream] andra personer har tillfrågats
    [survey] det är två olika undersökningar
    [unit] siffrorna har olika enheter
    [area_set] områdets gränser är andra
    [area_absent] området ingår inte i båda mätningarna
    [not_asked] frågan ställdes inte i båda mätningarna
    [withheld] en av siffrorna visas inte
    [no_variance] osäkerheten kan inte beräknas
    [ambiguous_history] flera olika värden har publicerats för samma år
    [superseded] publiceringen är ersatt
    [pooled_overlap] siffrorna bygger delvis på samma år
    [not_independent] samma personer har svarat båda gångerna
    [season] mätningarna gjordes under olika årstider
    [weighting] svaren är vägda på ett annat sätt
    [response_drop] svarsandelen är en annan
    [event] något utanför mätningen kan ha påverkat svaren
    [not_estimable] det finns inga svar att räkna på
    [not_estimable_variance] osäkerheten kan inte beräknas
    [cut_table_missing] gränserna för måttet saknas
   *[other] mätningarna skiljer sig åt
}
chart-series-title = { $measure }, { $area }, { $unit }
chart-areas-title = { $measure } { $period } per område, { $unit }
chart-break = brott
chart-total = hela kommunen
pointed-none = Inget område kan pekas ut: ingen osäkerhet ligger helt på den sämre sidan av kommunens.
pointed-areas = Hela osäkerheten ligger på den sämre sidan av kommunens i { $areas }.
about-title = Om siffran
about-unit = Enhet
about-unit-text = { $unit }. { $direction }
about-response = Vilka svarade
about-response-text = Svarsandel per område, och de svarandes kön och ålder bredvid befolkningens
about-formula = Formel och version
about-question = Fråga { $item }
about-citation = Så kan du hänvisa
about-citation-text = { $title } { $period }, { $measure }, publicering { $release }, { $address }
history-title = Tidigare publicerade siffror
history-text = Siffrorna här är publicerade av andra före den här tjänsten. De är återgivna som de trycktes och är inte omräknade. De har en annan skala, saknar osäkerhet och kan inte jämföras med måtten ovan.
history-series = { $name }, { $unit }. { $direction }
history-printed = Tryckt värde
history-source = Källa
history-note = Anmärkning
history-pi = Polisens problemindex
history-nocrime = Andel som inte utsatts för brott
history-safelate = Andel som är trygga ute ensamma sent
history-recom = Andel som skulle rekommendera sitt område
history-holds = gäller enligt { $person } ({ $date }): { $note }
history-contradicted = För { $period } har olika värden publicerats: { $values }. Därför anges ingen förändring till eller från { $period }.
history-marked = För { $period } gäller { $printed } ({ $source }). Alla publicerade värden står kvar.
history-uncompared = Ingen förändring räknas ut mellan de publicerade värdena: { $reasons }.

organisation-kommun = kommunen
organisation-polis = polisen
facts-signed = Underskriven av { $organisations } den { $when }.
facts-signed-nobody = Ingen har skrivit under publiceringen.
notice-unsigned = Publiceringen gjordes innan publiceringar skrevs under.
release-key = signerad med nyckeln
release-changes = Vad rättelsen ändrade
corrections-title = Rättelser
corrections-text = En publicering ändras aldrig. En rättelse är en ny publicering; den gamla går fortfarande att läsa och säger vad som har ersatt den.
corrections-none = Ingen publicering har rättats.
correction-sentence = { $release } har ersatt { $old }, sammanställd den { $when }. Skäl: { $reason }.
correction-count = { $count ->
    [0] Ingen siffra skiljer sig.
    [one] { $count } siffra skiljer sig.
   *[other] { $count } siffror skiljer sig.
}
changes-title = Vad { $release } ändrade
changes-since = { $measure }: skillnad sedan { $from }
changes-group = Grupp
