### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Words that stand on every page.
skip-link = Njuike sisdollui
languages-label = Giella
footer-label = Neahttabáikki birra
survey-name = Jearahallan
results-name = Oadjebasvuođajearahallan
mark-demo-title = Demodieđut
mark-demo = Hutkojuvvon dieđut mat čájehit mo bálvalus doaibmá. Mihkkege dás ii leat albma iskkadeapmi.
mark-test-title = Geahččalanjearahallan
mark-test = Vástádusat dás eai lohkkojuvvo mielde.
mark-draft-title = Gaskaboddosaš teaksta
mark-draft = Dán giela teavsttat eai leat vel dárkkistuvvon.
footer-help = Doarjja ja veahkki
footer-promise = Ná suodjaluvvojit du vástádusat
footer-accessibility = Juksanvuohta
footer-cookies = Gáhkut (cookies)
footer-privacy = Persovdnadieđut

date = { $month } { $day }. beaivvi { $year }
date-and-time = { $date } diibmu { $time }
list-and = { $first } ja { $last }
month-1 = ođđajagemánu
month-2 = guovvamánu
month-3 = njukčamánu
month-4 = cuoŋománu
month-5 = miessemánu
month-6 = geassemánu
month-7 = suoidnemánu
month-8 = borgemánu
month-9 = čakčamánu
month-10 = golggotmánu
month-11 = skábmamánu
month-12 = juovlamánu

accessibility-title = Juksanvuohta
accessibility-service = Dát lea jearahallama ja dan boađusiidduid juksanvuođačilgehus. Čujuhus: { $address }.
accessibility-service-of = Jearahallama ja dan boađusiidduid ovddasvástideaddji: { $sender }. Čujuhus: { $address }. Ná bures buohkat sáhttet geavahit siidduid.
accessibility-aim = Neahttabáiki lea ráhkaduvvon nu ahte buohkat galget sáhttit geavahit dan: boallobevddiin, šearbmalohkkiin, stuoriduvvon teavsttain ja JavaScript haga. Ulbmil lea WCAG 2.2, dássi AA.
accessibility-conformance = Man bures buohkat sáhttet geavahit neahttabáikki?
accessibility-full = Neahttabáiki deavdá buot gáibádusaid Ruoŧa lágas digitála almmolaš bálvalusaid juksanvuođa birra.
accessibility-partial = Neahttabáiki deavdá muhtun gáibádusaid Ruoŧa lágas digitála almmolaš bálvalusaid juksanvuođa birra. Váilevašvuođat leat dás vuolábealde.
accessibility-none = Neahttabáiki ii deavdde gáibádusaid Ruoŧa lágas digitála almmolaš bálvalusaid juksanvuođa birra. Váilevašvuođat leat dás vuolábealde.
accessibility-defects = Sisdoallu maid buohkat eai sáhte geavahit
accessibility-defects-lead = Dáid mii diehtit:
accessibility-no-defects = Mii eat dieđe makkárge váilevašvuođaid.
accessibility-defect = { $text } (WCAG 2.2, { $criterion })
accessibility-defect-screen-readers = Oktage olmmoš ii leat vel geahčadan siidduid šearbmalohkkiin. Siiddut leat ráhkaduvvon dan várás, muhto mii eat lohpit ahte buot lohkkojuvvo bures.
accessibility-tested = Ná mii leat geahččalan neahttabáikki
accessibility-own = Sii geat ráhkadit neahttabáikki, leat ieža árvvoštallan dan.
accessibility-external = Soames olggobealde lea árvvoštallan neahttabáikki.
accessibility-people = Olbmot geahčadedje siidduid šearbmalohkkiiguin NVDA, VoiceOver ja TalkBack { $date }.
accessibility-no-people = Árvvoštallan vuođđuduvvá prográmmaide mat ohcet meattáhusaid, ja dasa ahte siiddut leat geahčaduvvon boallobevddiin. Prográmmat gávdnet dušše oasi meattáhusain.
accessibility-run = Siiddut geahččaluvvojedje neahttalohkkis { $date }. Siidduid lohku: { $pages }. Reaiddut: { $tools }. Meattáhusaid lohku: { $violations }.
accessibility-dates = Neahttabáiki árvvoštallojuvvui maŋimus { $assessed }. Čilgehus rievdaduvvui maŋimus { $updated }.
accessibility-tell-us = Muital jus juoga ii doaimma
accessibility-feedback = Oktavuođadieđut leat reivves ja gieldda neahttabáikkis.
accessibility-feedback-to = Váldde oktavuođa: { $contact }.
accessibility-paper = Don sáhtát álo dan sadjái vástidit báhpáris.
accessibility-supervision = Bearráigeahčču
accessibility-supervision-text = Digitála hálddašeami eiseváldi, Myndigheten för digital förvaltning (Digg), bearráigeahččá ahte láhka čuvvojuvvo. Jus it leat duhtavaš min vástádusain, de sáhtát dieđihit dohko.
accessibility-complain = Dieđit váilevaš juksanvuođa birra
accessibility-exceptions = Spiehkastagat
accessibility-burden-none = Makkárge sisdoallu ii leat spiehkastahkan dan dihtii go livččii menddo noađđin dahkat dan juksamahttun (12 §).
accessibility-outside-none = Makkárge sisdoallu ii leat lága olggobealde (9 §).

cookies-title = Gáhkut (cookies)
cookies-why = Neahttabáiki geavaha dušše gáhkuid maid dat dárbbaša doaibman dihtii. Mihkkege ii vurkejuvvo reklámma dahje statistihka várás.
cookies-answers = __Host-f doallá du vástádusaid čoahkis dan botta go deavddát jearahallama. Dat jávká go leat sádden, go sihkut vástádusaid, ja maŋimustá 24 diimmu geahčen. Maŋŋel go leat sádden, báhcá ovtta diimmu gáhkku mii sáhttá dušše čájehit duođaštusa fas.
cookies-code = __Host-k muitá koda 15 minuhta maŋŋel go leat lohkan reivve QR-koda. Dalle it dárbbaš čállit koda.
cookies-staff = __Host-s doallá bargiid sisaloggejuvvon.

privacy-title = Persovdnadieđut
privacy-answers = Du lohkkaduvvon vástádusat leat persovdnadieđut dassážii go konvoluhtat rahppojuvvojit. Dan maŋŋá daid ii sáhte čatnat dutnje.
privacy-responsible = Geas lea ovddasvástádus
privacy-who = Jearahallama ovddasvástideaddji: { $organisations }.
privacy-who-letter = Reivves čuožžu geas lea ovddasvástádus jearahallamis.
privacy-basis = Dieđut geavahuvvojit ráhkadit statistihka oadjebasvuođa birra gielddas. Dat lea bargu mas lea almmolaš beroštupmi (dáhtasuodjalanásahus, GDPR, artihkal 6.1 e). Vástideapmi lea eaktodáhtolaš.
privacy-contact = Gažaldagat persovdnadieđuid birra: { $contact }.
privacy-contact-letter = Reivves čuožžu geas sáhtát jearrat persovdnadieđuid birra.
privacy-stored = Dát vurkejuvvo
privacy-stored-code = Juohke reivve nummar, gielddaoassi, koda lohkkaduvvon luodda ja lea go koda geavahuvvon. Namma ja čujuhus eai vurkejuvvo dáppe.
privacy-stored-draft = Álggahuvvon vástádus. Dat lea lohkkaduvvon čoavdagiin mii lea dušše du neahttalohkkis.
privacy-stored-envelope = Sáddejuvvon vástádus lohkkaduvvon konvoluhtas. Buot konvoluhtat leat seamma guhkit, ja dain ii leat diibmoáigi.
privacy-stored-attempts = Galle boasttu koda leat geahččaluvvon seamma fierpmádagas, serveara muittus.
privacy-stored-not = IP-čujuhus, rusttet ja diibmoáigi eai vurkejuvvo ovttas vástádusaiguin.
privacy-envelope = Man vuostá konvoluhtta suodjala
privacy-limits = Man vuostá dat ii suodjal
privacy-more = Loga eanet das mo vástádusat suodjaluvvojit
privacy-holders = Čoavddadoallit
privacy-holders-text = Konvoluhtaid sáhttá rahpat dušše sin čoavdagiiguin:
privacy-kept = Ná guhká dieđut vurkejuvvojit
privacy-kept-draft = Álggahuvvon vástádus: 24 diimmu, dahje dassážii go sáddet dahje sihkut dan.
privacy-kept-codes = Reivviid nummarat, kodat ja konvoluhtat: dassážii go konvoluhtat rahppojuvvojit. Dalle dat sihkkojuvvojit, ja dušše logut báhcet.
privacy-kept-attempts = Geahččaleamit seamma fierpmádagas: eanemustá ovtta diimmu.
privacy-kept-answers = Vástádusat main ii leat oktavuohta dutnje: nu guhká go ovddasvástideaddjit leat mearridan, vai bohtosiid sáhttá dárkkistit. Dušše sii geat rehkenastet bohtosiid, oidnet daid.
privacy-kept-results = Bohtosat: dassážii go eará mearriduvvo.
privacy-rights = Du vuoigatvuođat
privacy-rights-before = Ovdal go leat sádden, sáhtát rievdadit ja sihkkut buot maid leat vástidan.
privacy-rights-after = Go leat sádden, de mii eat sáhte čájehit, rievdadit dahje váldit eret du vástádusaid. Dat leat lohkkaduvvon, ja go dat rahppojuvvojit, de oktage ii dieđe mat leat du.
privacy-rights-complain = Don sáhtát váidit persovdnasuodjaleami eiseváldái, Integritetsskyddsmyndigheten (IMY).
