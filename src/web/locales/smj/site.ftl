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
accessibility-aim = Næhttabájkke la dagádum nav vaj gájka galggi dav máhttet adnet: boallobievdijn, sjærmmalåhkkijn, stuoriduvvam tevstajn ja JavaScript dagi. Ulmme la WCAG 2.2, dásse AA.
accessibility-state = Næhttabájkke ij la vil guoradaládum. Danen dán sijdon ij la vil ålles jåksåmvuodatjielggidus.
accessibility-feedback = Le gus juoga majt i máhte adnet? Aktavuohtadiedo li girjen ja kommuvna næhttabájken. Agev máhtá páhppárin vásstedit.

cookies-title = Cookies
cookies-why = Næhttabájkke adná dåssju cookies majt dárbaj vaj doajmmá. Ij mige vuorkkiduvá reklámma jali statistihka diehti.
cookies-answers = __Host-f adná duv vásstádusájt aktan gå gatjálvissjiemáv dievdá. Dat gáhtu gå la sáddim, gå vásstádusájt sihko ja maŋemusát 24 tijma maŋŋela. Gå la sáddim, de báhtsá avtav tijmav cookie mij máhttá dåssju duodastusáv vuosedit.
cookies-code = __Host-k mujttá kodav 15 minuhta gå la girje QR-kodav låhkåm. De i dárbaha kodav tjállet.
cookies-staff = __Host-s adná barggijt sisilåggidum.

privacy-title = Persåvnnådiedo
privacy-who = Gatjálvissjiemá åvdåsvásstediddje: { $organisations }.
privacy-who-letter = Girjen tjuodtju gænna la åvdåsvásstádus gatjálvissjiemás.
privacy-answers = Duv lássidum vásstádusá li persåvnnådiedo desik kuvera rabáduvvi. Dan maŋŋela ij máhte dajt dunji tjadnat.
privacy-kept = Gå gatjálvissjiebmá la rabás, de vuorkkiduvvá makkár koda li aneduvvam. IP-adressa, ræjddo ja tijmma e vuorkkiduvá aktan vásstádusáj. Boasstoadnema diehti serverra låhkå gæhttjalimijt sæmmi værmádagás ienemusát avtav tijmav, ietjas mujton.
privacy-more = Lågå ienebuv dan birra gåktu vásstádusá suodjaluvvi
