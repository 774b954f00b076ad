### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Pages of the respondent. The texts of the promise (promise-…) change only with both organisations.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Meattáhus: { $title }

start-about = Jearahallan lea dan birra mo lea ássat ja leat doppe gos don ásat. Dat guoská oadjebasvuhtii, olgobirrasii ja rihkkosiidda.
start-about-use = Vástádusat čájehit gos dilli ferte buorránit ja lea go doaimmain ávki.
start-who = Jearahallama lágida: { $organisations }.
start-length = Dat ádjána sullii { $minutes } minuhta.
start-voluntary = Vástideapmi lea eaktodáhtolaš. Don sáhtát guođđit juohke gažaldaga vástitkeahttá.
start-closes = Don sáhtát álgit vástidit maŋimustá { $date }.
start-promise = Du vástádusat lohkkaduvvojit go sáddet daid. Dan maŋŋá daid ii sáhte čatnat dutnje.
start-promise-link = Loga mo dat doaibmá ja man vuostá mii eat sáhte suodjalit.
start-code = Koda
start-code-hint = Reivve logi mearkka, ovdamearkka dihtii
start-button = Álgge
start-device = Don sáhtát doallat bottu ja joatkit maŋŋil seamma neahttalohkkis. Eará telefovnnas dahje dihtoris álggát ođđasit seamma kodain.
start-standing = Dus lea álggahuvvon vástádus dán neahttalohkkis. Dat bissu { $until } rádjai.
start-standing-title = Joatkke das gosa heitet
start-again = Dahje álgge ođđasit
start-again-hint = Čále koda fas. Dalle sihkkojuvvo álggahuvvon vástádus dán neahttalohkkis.
continue = Joatkke
open-not-yet = Jearahallan ii leat vel rabas.
open-not-yet-date = Jearahallan rahppojuvvo { $date }.
open-closed-results = Bohtosat vurdojuvvojit { $date }.

error-heading = Dás lea váttisvuohta
error-code-wrong = Koda ii leat riekta. Dárkkis reivve logi mearkka.
error-code-used = Dát koda lea juo geavahuvvon.
error-option-unknown = Vállje ovtta listtu vástádusain.
error-draft-gone = Du álggahuvvon vástádus lea sihkkojuvvon. Lea mannan guhkit áigi go 24 diimmu. Don sáhtát álgit ođđasit seamma kodain.
error-cookies-off = Du neahttalohkki ii dohkket gáhkuid (cookies). Don sáhtát dan sadjái vástidit báhpáris.
error-round-closed = Jearahallan lea gitta. Giitu go háliidit vástidit.
error-round-paused = Jearahallamis lea boddu. Du vástádusat bissot 24 diimmu.
error-busy = Vástádusa ii sáhte váldit vuostá juste dál. Dat maid devdet, lea ain dán siiddus. Geahččal fas oanehis áiggi geahčen.
error-too-many = Menddo ollu geahččaleamit. Vuordde minuhta ja geahččal fas.
error-question-gone = Okta gažaldat ii leat šat siiddus
error-question = Gažaldat { $number }

link-place = Liŋka guoská dán báikái: { $place }.
link-age = Jearahallan lea dutnje gii leat { $age } jagi dahje boarrásut.
link-who = Don sáhtát vástidit jus ásat, barggat, studeret dahje leat guossis dáppe. Koda ii dárbbašuvvo.
link-voluntary = Vástideapmi lea eaktodáhtolaš. Don sáhtát guođđit juohke gažaldaga vástitkeahttá, earret dan mii jearrá gos don ásat.
link-device = Don sáhtát doallat bottu ja joatkit maŋŋil seamma neahttalohkkis.
link-again-hint = Dalle sihkkojuvvo álggahuvvon vástádus dán neahttalohkkis.
link-note = Guođe dán saji guorusin
link-wait = Vuordde veaháš …
error-link-old = Ii lihkostuvvan álgit. Siidu lea várra leamaš rabas menddo guhká. Deaddil fas boalu Álgge.
error-link-gone = Du álggahuvvon vástádus lea sihkkojuvvon. Lea mannan guhkit áigi go 24 diimmu. Don sáhtát álgit ođđasit.
error-home-unanswered = Vállje gos don ásat. Dat lea áidna gažaldat masa ferte vástidit.
error-too-soon =
    { $seconds ->
        [one] Lea mannan menddo oanehis áigi das go álget. Du vástádusat leat vurkejuvvon. Vuordde { $seconds } sekundda ja sádde fas.
        [two] Lea mannan menddo oanehis áigi das go álget. Du vástádusat leat vurkejuvvon. Vuordde { $seconds } sekundda ja sádde fas.
       *[other] Lea mannan menddo oanehis áigi das go álget. Du vástádusat leat vurkejuvvon. Vuordde { $seconds } sekundda ja sádde fas.
    }
too-soon-title = Vuordde oanehis áiggi
stop-later-link = Vástádusat bissot dán neahttalohkkis { $until } rádjai. Gidde siiddu. Raba seamma liŋkka ođđasit go háliidat joatkit.
stop-delete-link = Buot du vástádusat sihkkojuvvojit dalán. Don sáhtát álgit ođđasit.
deleted-link = Mihkkege ii leat báhcán. Don sáhtát álgit ođđasit.

part = Oassi { $part } / { $parts }
back = Ruovttoluotta
back-label = Ovddit siidu
notice-label = Dieđáhus
probe =
    { $count ->
        [one] It leat vástidan gažaldahkii { $numbers }. Vástit jus háliidat, dahje joatkke.
        [two] It leat vástidan gažaldagaide { $numbers }. Vástit jus háliidat, dahje joatkke.
       *[other] It leat vástidan gažaldagaide { $numbers }. Vástit jus háliidat, dahje joatkke.
    }
clear-answer = Váldde eret mu vástádusa
clear-question = gažaldahkii { $number }
send = Sádde mu vástádusaid
send-once = Go leat sádden, de it sáhte šat rievdadit.
exit-button = Guođe siiddu jođánit
exit-history = Boallu sihkku du vástádusaid. Neahttalohkki historjá báhcá.
exit-help = Doarjja ja veahkki
stop-link = Heaitte
delete-button = Sihko mu vástádusaid

stop-title = Heaitte
stop-later = Joatkke maŋŋil
stop-later-text = Vástádusat bissot dán neahttalohkkis { $until } rádjai. Gidde siiddu. Raba reivve čujuhusa ođđasit go háliidat joatkit.
stop-later-back = Ruovttoluotta gažaldagaide
stop-send = Sádde dan maid lean vástidan
stop-send-text = Gažaldagat maidda it leat vel joavdan, báhcet vástádusa haga.
stop-delete = Sihko mu vástádusaid
stop-delete-text = Buot du vástádusat sihkkojuvvojit dalán. Koda sáhttá geavahuvvot ođđasit.
deleted-title = Du vástádusat leat sihkkojuvvon
deleted-text = Mihkkege ii leat báhcán. Don sáhtát álgit ođđasit seamma kodain.
start-over-link = Vuosttaš siidui

receipt-title = Giitu. Du vástádusat leat joavdan.
receipt-word = Duođaštussátni
receipt-word-text = Sátni čájeha ahte du vástádus lea joavdan. Dainna ii sáhte oaidnit maid don leat vástidan.
receipt-results = Bohtosat vurdojuvvojit { $date }.
receipt-close = Dál sáhtát giddet siiddu.
receipt-help = Háliidat go ságastit soapmásiin? Dáppe gávdno doarjja ja veahkki.

used-text = Juohke koda addá ovtta vástádusa. It go leat ieš vástidan? Oktavuođadieđut leat reivves.
answered-title = Don leat juo vástidan
answered-text = Du vástádusat leat joavdan. Daid ii sáhte sáddet ođđasit.
answered-receipt = Čájet duođaštusa
closed-title = Jearahallan lea gitta
paused-title = Jearahallamis lea boddu
too-many-title = Menddo ollu geahččaleamit
busy-title = Geahččal fas
busy-button = Geahččal fas

help-title = Doarjja ja veahkki
help-urgent = Heahtedilis riŋge 112.
help-lead = Leat go vásihan juoidá váttis, dahje háliidat go ságastit soapmásiin? Dáidda nummáriidda sáhtát riŋget.
help-emergency = Heahtenummar
help-police = Boles, go ii leat hoahppu
help-victims = Doarjja rihkkosa oaffariidda (Brottsofferjouren)
help-women = Nissoniid doarjjatelefovdna (Kvinnofridslinjen)
help-men = Albmáid doarjjatelefovdna (Stödlinjen för män)
help-trans = Transolbmuid doarjjatelefovdna (Stödlinjen för transpersoner)
help-children = Bris, jus leat vuollel 18 jagi
help-survey = Gažaldagat jearahallama birra
help-survey-text = Oktavuođadieđut leat reivves. Das čuožžu maiddái mo sáhtát vástidit báhpáris.

promise-title = Ná suodjaluvvojit du vástádusat
promise-1 = Reivve koda čájeha ahte don beasat vástidit ja guđe gielddaoasis ásat. Juohke koda addá ovtta vástádusa.
promise-2 = Go sáddet, de vástádusat lohkkaduvvojit digitála konvoluhttii. Konvoluhtat rahppojuvvojit easka go jearahallan lea gitta, ja dušše jus uhcimustá { $threshold } čoavddadoalli dahket dan ovttas. Čoavddadoallit leat { $count }: { $holders }. Ovdal dan ii sáhte gielda, ii boles iige son gii fuolaha dihtoriid, lohkat daid.
promise-2-single = Go sáddet, de vástádusat lohkkaduvvojit digitála konvoluhttii. Konvoluhtat rahppojuvvojit easka go jearahallan lea gitta, ja okta olmmoš rahpá daid: { $holders }. Dát olmmoš sáhtášii rahpat daid árabut jus rihkošii njuolggadusaid.
promise-3 = Go konvoluhtat rahppojuvvojit, de vástádusat seaguhuvvojit ja oktavuohta kodaide sihkkojuvvo. Dan maŋŋá ii oidno gii lea vástidan maid.
promise-4 = Jearahallama áigge mii oaidnit guđe kodat leat geavahuvvon. Dat dárbbašuvvo vai mii muittuhit dušše sin geat eai leat vástidan. Mii eat oainne vástádusaid.
promise-5 = Mii eat vurke IP-čujuhusa, telefonmálle dahje diibmoáiggi ovttas du vástádusaiguin. Boasttugeavaheami eastadan dihtii serveara lohká geahččalemiid seamma fierpmádagas eanemustá ovtta diimmu, iežas muittus.
promise-6 = Álggahuvvon vástádus vurkejuvvo 24 diimmu. Dat lea lohkkaduvvon čoavdagiin mii lea dušše du neahttalohkkis. Don sáhtát sihkkut dan goas háliidat.
promise-7 = Bohtosat čájehuvvojit dušše joavkkuin main leat uhcimustá { $least } vástádusa.
promise-1-link = Don vástidat rabas liŋkka bokte, koda haga. Ovttas vástádusaiguin vurkejuvvo guđe báikái liŋka guoská. Dat lohkkojuvvojit sierra. Dat eai goassege seaguhuvvo daid olbmuid vástádusaiguin geat leat ožžon reivve.
promise-3-link = Go konvoluhtat rahppojuvvojit, de vástádusat seaguhuvvojit. Dan maŋŋá ii oidno guđe ortnegis dat bohte.
promise-4-link = Vástádusat mat leat áibbas seammaláganat go earát, dahje main lea seamma vástádus buot gažaldagaide, eai lohkkojuvvo mielde bohtosis. Mii muitalit man galle dat leat.
promise-limits = Dán vuostá mii eat sáhte suodjalit:
promise-limit-screen = ahte soames oaidná du šearpma, lohká du neahttalohkki historjjá dahje stivre du telefovnna dahje dihtora
promise-limit-program = ahte soames suoli lonuha prográmma jearahallama áigge (vástádusaid sáhttá lohkat prográmmas oanehis bottu ovdal go dat lohkkaduvvojit)
promise-limit-holders = ahte { $threshold } čoavddadoalli rihkkot njuolggadusaid ovttas ja leat vurken boares kopiija
promise-limit-rare = ahte son gii analysere vástádusaid, dovdá hui earenoamáš ovttastusa.
promise-paper = Jus vástidat báhpáris, de son gii registrere skovi oaidná sihke koda ja vástádusaid. Vástit neahtas jus háliidat garvit dan.
promise-no-round = Dás čuožžu mo vástádusat suodjaluvvojit, go jearahallan lea rabas.
