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
accessibility-aim = Neahttabáiki lea ráhkaduvvon nu ahte buohkat galget sáhttit geavahit dan: boallobevddiin, šearbmalohkkiin, stuoriduvvon teavsttain ja JavaScript haga. Ulbmil lea WCAG 2.2, dássi AA.
accessibility-state = Neahttabáiki ii leat vel dárkkistuvvon. Danne dán siiddus ii leat vel ollislaš juksanvuođačilgehus.
accessibility-feedback = Lea go juoga maid it sáhte geavahit? Oktavuođadieđut leat reivves ja gieldda neahttabáikkis. Don sáhtát álo vástidit báhpáris.

cookies-title = Gáhkut (cookies)
cookies-why = Neahttabáiki geavaha dušše gáhkuid maid dat dárbbaša doaibman dihtii. Mihkkege ii vurkejuvvo reklámma dahje statistihka várás.
cookies-answers = __Host-f doallá du vástádusaid čoahkis dan botta go deavddát jearahallama. Dat jávká go leat sádden, go sihkut vástádusaid, ja maŋimustá 24 diimmu geahčen. Maŋŋel go leat sádden, báhcá ovtta diimmu gáhkku mii sáhttá dušše čájehit duođaštusa fas.
cookies-code = __Host-k muitá koda 15 minuhta maŋŋel go leat lohkan reivve QR-koda. Dalle it dárbbaš čállit koda.
cookies-staff = __Host-s doallá bargiid sisaloggejuvvon.

privacy-title = Persovdnadieđut
privacy-who = Jearahallama ovddasvástideaddji: { $organisations }.
privacy-who-letter = Reivves čuožžu geas lea ovddasvástádus jearahallamis.
privacy-answers = Du lohkkaduvvon vástádusat leat persovdnadieđut dassážii go konvoluhtat rahppojuvvojit. Dan maŋŋá daid ii sáhte čatnat dutnje.
privacy-kept = Jearahallama áigge vurkejuvvo guđe kodat leat geavahuvvon. IP-čujuhus, rusttet ja diibmoáigi eai vurkejuvvo ovttas vástádusaiguin. Boasttugeavaheami eastadan dihtii serveara lohká geahččalemiid seamma fierpmádagas eanemustá ovtta diimmu, iežas muittus.
privacy-more = Loga eanet das mo vástádusat suodjaluvvojit
