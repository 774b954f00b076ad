### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Words that stand on every page.
skip-link = Mana sisadnuj
languages-label = Giella
footer-label = Næhttabáje birra
survey-name = Gatjálvissjiebmá
results-name = Jasskavuohtaguoradallam
mark-demo-title = Demodiedo
mark-demo = Dagádum diedo ma vuosedi gåktu dievnastus doajmmá. Ij mige dánna la duohta guoradallam.
mark-test-title = Gæhttjalibme
mark-test = Vásstádusá dánna e lågåduvá.
mark-draft-title = Árvvalus
mark-draft = Dán giela tevsta e la vil guoradaládum.
footer-help = Doarjja ja viehkke
footer-promise = Nav duv vásstádusá suodjaluvvi
footer-accessibility = Jåksåmvuohta
footer-cookies = Cookies
footer-privacy = Persåvnnådiedo

date = { $month } { $day }. biejve { $year }
date-and-time = { $date } tijma { $time }
list-and = { $first } ja { $last }
month-1 = ådåjakmáno
month-2 = guovvamáno
month-3 = sjnjuktjamáno
month-4 = vuoratjismáno
month-5 = moarmesmáno
month-6 = biehtsemáno
month-7 = sjnjilltjamáno
month-8 = bårggemáno
month-9 = ragátmáno
month-10 = gålgådismáno
month-11 = basádismáno
month-12 = javllamáno

accessibility-title = Jåksåmvuohta
accessibility-service = Dát la gatjálvissjiemá ja dan båhtussijdoj jåksåmvuodatjielggidus. Adressa: { $address }.
accessibility-service-of = Gatjálvissjiemá ja dan båhtussijdoj åvdåsvásstediddje: { $sender }. Adressa: { $address }. Nav buoragit máhtti gájka sijdojt adnet.
accessibility-aim = Næhttabájkke la dagádum nav vaj gájka galggi dav máhttet adnet: boallobievdijn, sjærmmalåhkkijn, stuoriduvvam tevstajn ja JavaScript dagi. Ulmme la WCAG 2.2, dásse AA.
accessibility-conformance = Man buoragit máhtti gájka næhttabájkev adnet?
accessibility-full = Næhttabájkke dævddá gájkka gájbbádusájt Svieriga lágan digitála almulasj dievnastusáj jåksåmvuoda birra.
accessibility-partial = Næhttabájkke dævddá muhtem gájbbádusájt Svieriga lágan digitála almulasj dievnastusáj jåksåmvuoda birra. Vájllevuoda li dánna vuollelin.
accessibility-none = Næhttabájkke ij dievde gájbbádusájt Svieriga lágan digitála almulasj dievnastusáj jåksåmvuoda birra. Vájllevuoda li dánna vuollelin.
accessibility-defects = Sisadno majt gájka e máhte adnet
accessibility-defects-lead = Dájt diehtep:
accessibility-no-defects = Ep diede makkárik vájllevuodajt.
accessibility-defect = { $text } (WCAG 2.2, { $criterion })
accessibility-defect-screen-readers = Ij aktak ulmusj la vil sijdojt tjadádam sjærmmalåhkkijn. Sijdo li dan diehti dagádum, valla ep loabeda jut gájkka buoragit låhkåduvvá.
accessibility-tested = Nav lip næhttabájkev gæhttjalam
accessibility-own = Sij gudi næhttabájkev dahki, li iesj dav árvustallam.
accessibility-external = Soames ålggolin la næhttabájkev árvustallam.
accessibility-people = Ulmutja tjadádin sijdojt sjærmmalåhkkij NVDA, VoiceOver ja TalkBack { $date }.
accessibility-no-people = Árvustallam vuododuvvá prográmmajda ma vigijt åhtsi, ja dasi jut sijdo li tjadáduvvam boallobievdijn. Prográmma gávnni dåssju oasev vigijs.
accessibility-run = Sijdo gæhttjaluvvin næhttalåhkken { $date }. Sijdoj låhko: { $pages }. Ræjdo: { $tools }. Vigij låhko: { $violations }.
accessibility-dates = Næhttabájkke árvustaláduváj maŋemusát { $assessed }. Tjielggidus rievddaduváj maŋemusát { $updated }.
accessibility-tell-us = Subtsasta jus juoga ij doajma
accessibility-feedback = Aktavuohtadiedo li girjen ja kommuvna næhttabájken.
accessibility-feedback-to = Válde aktavuodav: { $contact }.
accessibility-paper = Agev máhtá dan sadjáj páhppárin vásstedit.
accessibility-supervision = Bærrájgæhttjo
accessibility-supervision-text = Digitála háldadime oajválasj, Myndigheten för digital förvaltning (Digg), gæhttjá vaj láhka tjuovoduvvá. Jus i la dudálasj mijá vásstádusájn, de máhtá dåhku diededit.
accessibility-complain = Diededa vánes jåksåmvuoda birra
accessibility-exceptions = Spiehkastagá
accessibility-burden-none = Ij makkárik sisadno la spiehkastahkan dan diehti gå lulu ilá lossat dav jåksåmláhkáj dahkat (12 §).
accessibility-outside-none = Ij makkárik sisadno la lága ålggolin (9 §).

cookies-title = Cookies
cookies-why = Næhttabájkke adná dåssju cookies majt dárbaj vaj doajmmá. Ij mige vuorkkiduvá reklámma jali statistihka diehti.
cookies-answers = __Host-f adná duv vásstádusájt aktan gå gatjálvissjiemáv dievdá. Dat gáhtu gå la sáddim, gå vásstádusájt sihko ja maŋemusát 24 tijma maŋŋela. Gå la sáddim, de báhtsá avtav tijmav cookie mij máhttá dåssju duodastusáv vuosedit.
cookies-code = __Host-k mujttá kodav 15 minuhta gå la girje QR-kodav låhkåm. De i dárbaha kodav tjállet.
cookies-staff = __Host-s adná barggijt sisilåggidum.

privacy-title = Persåvnnådiedo
privacy-answers = Duv lássidum vásstádusá li persåvnnådiedo desik kuvera rabáduvvi. Dan maŋŋela ij máhte dajt dunji tjadnat.
privacy-responsible = Gænna la åvdåsvásstádus
privacy-who = Gatjálvissjiemá åvdåsvásstediddje: { $organisations }.
privacy-who-letter = Girjen tjuodtju gænna la åvdåsvásstádus gatjálvissjiemás.
privacy-basis = Diedo aneduvvi statistihkav dahkat jasskavuoda birra kommuvnan. Dat la almulasj berustime dahkamus (dáhtásuodjalusásadus, GDPR, artihkal 6.1 e). Vásstedibme la iesjmiellusasj.
privacy-contact = Gatjálvisá persåvnnådiedoj birra: { $contact }.
privacy-contact-letter = Girjen tjuodtju gænna máhtá gatjádit persåvnnådiedoj birra.
privacy-stored = Dát vuorkkiduvvá
privacy-stored-code = Juohkka girje nummar, kommuvnnaoasse, koda lássidum luodda ja la gus koda aneduvvam. Namma ja adressa e vuorkkiduvá dánna.
privacy-stored-draft = Álgadum vásstádus. Dat la lássidum tjoavddagijn mij la dåssju duv næhttalåhkken.
privacy-stored-envelope = Sáddidum vásstádus lássidum kuveran. Gájkka kuvera li sæmmi guhke, ja ij la tijmma daj nanna.
privacy-stored-attempts = Gallas boasstokoda li gæhttjaluvvam sæmmi værmádagás, serverra mujton.
privacy-stored-not = IP-adressa, ræjddo ja tijmma e vuorkkiduvá aktan vásstádusáj.
privacy-envelope = Man vuosstij kuverra suodjal
privacy-limits = Man vuosstij dat ij suodjala
privacy-more = Lågå ienebuv dan birra gåktu vásstádusá suodjaluvvi
privacy-holders = Tjåvdaåmastiddje
privacy-holders-text = Kuverajt máhttá rahpat dåssju sijá tjoavddagij:
privacy-kept = Nav guhkev diedo vuorkkiduvvi
privacy-kept-draft = Álgadum vásstádus: 24 tijma, jali desik gå dav sáddi jali sihko.
privacy-kept-codes = Girjij nummara, koda ja kuvera: desik kuvera rabáduvvi. De da sihkoduvvi, ja dåssju lågo báhtsi.
privacy-kept-attempts = Gæhttjalime sæmmi værmádagás: ienemusát avtav tijmav.
privacy-kept-answers = Vásstádusá majn ij la aktijvuohta dunji: nav guhkev gå åvdåsvásstediddje li mærrádam, vaj båhtusijt máhttá dárkestit. Dåssju sij gudi båhtusijt riekniji, dajt vuojnni.
privacy-kept-results = Båhtusa: desik ietjá mærráduvvá.
privacy-rights = Duv rievtesvuoda
privacy-rights-before = Åvddål gå la sáddim, máhtá rievddadit ja sihkkot gájkka majt la vásstedam.
privacy-rights-after = Gå la sáddim, de ep máhte duv vásstádusájt vuosedit, rievddadit jali ierit válldet. Da li lássidum, ja gå rabáduvvi, de ij aktak diede ma li duv.
privacy-rights-complain = Máhtá guoddalit persåvnnåsuodjalusá oajválattjaj, Integritetsskyddsmyndigheten (IMY).
