### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Pages of the respondent. The texts of the promise (promise-…) change only with both organisations.
title-with-sender = { $name } – { $sender }
title-of-page = { $page } – { $name }
title-error = Vihke: { $title }

start-about = Gatjálvissjiebmá la dan birra gåktu la årrot ja liehket danna gånnå åro. Dat guosská jasskavuohtaj, ålggobirrasij ja vierredagojda.
start-about-use = Vásstádusá vuosedi gånnå hæhttu buorebun sjaddat ja viehkedi gus dåjma.
start-who = Gudi gatjádi: { $organisations }.
start-length = Dat váldá sulle { $minutes } minuhta.
start-voluntary = Vásstedibme la iesjmiellusasj. Máhtá guoddet juohkka gatjálvisáv vásstedak.
start-closes = Máhtá álgget vásstedit maŋemusát { $date }.
start-promise = Duv vásstádusá lássiduvvi gå dajt sáddi. Dan maŋŋela ij máhte dajt dunji tjadnat.
start-promise-link = Lågå gåktu dat doajmmá ja man vuosstij ep máhte suodjalit.
start-code = Koda
start-code-hint = Lågev mærka girjen, duola dagu
start-button = Álge
start-device = Máhtá båttåv adnet ja joarkket maŋŋela sæmmi næhttalåhkken. Ietjá telefåvnån jali dáhtámasjijnan álgá ådåsis sæmmi kodajn.
start-standing = Dujna la álgadum vásstádus dán næhttalåhkken. Dat bissu gitta { $until } rádjáj.
start-standing-title = Joarke danna gånnå hiejtti
start-again = Jali álge ådåsis
start-again-hint = Tjále kodav vat. De sihkoduvvá álgadum vásstádus dán næhttalåhkken.
continue = Joarke
open-not-yet = Gatjálvissjiebmá ij la vil rabás.
open-not-yet-date = Gatjálvissjiebmá rabáduvvá { $date }.
open-closed-results = Båhtusa almoduvvi { $date }.

error-heading = Dánna la gássjelisvuohta
error-code-wrong = Koda ij la riekta. Gehtja girje lågev mærkajt.
error-code-used = Dát koda la juo aneduvvam.
error-option-unknown = Vállji avtav vásstádusáv listas.
error-draft-gone = Duv álgadum vásstádus la sihkoduvvam. Le mannam ienebu gå 24 tijma. Máhtá álgget ådåsis sæmmi kodajn.
error-cookies-off = Duv næhttalåhkke ij loabeda cookies. Máhtá dan sadjáj páhppárin vásstedit.
error-round-closed = Gatjálvissjiebmá la dahpaduvvam. Gijtto gå sihti vásstedit.
error-round-paused = Gatjálvissjiemán la båddå. Duv vásstádusá bissu 24 tijma.
error-busy = Vásstádusáv ij máhte vuosstájválldet dálla. Majt dievddi, la ájn dán sijdon. Gæhttjala vat muhtem minuhta maŋŋela.
error-too-many = Ilá moadda gæhttjalime. Vuorde minuhtav ja gæhttjala vat.
error-question-gone = Akta gatjálvis ij la desti sijdon
error-question = Gatjálvis { $number }

link-place = Liŋkka guosská dán bájkkáj: { $place }.
link-age = Gatjálvissjiebmá la dunji guhti la { $age } jage jali vuorrasap.
link-who = Máhtá vásstedit jus åro, barga, studeri jali la guossen dánna. Kodav i dárbaha.
link-voluntary = Vásstedibme la iesjmiellusasj. Máhtá guoddet juohkka gatjálvisáv vásstedak, ietján gå dav mij gatját gånnå åro.
link-device = Máhtá båttåv adnet ja joarkket maŋŋela sæmmi næhttalåhkken.
link-again-hint = De sihkoduvvá álgadum vásstádus dán næhttalåhkken.
link-note = Guode dáv sajev guorosin
link-wait = Vuorde vehi …
error-link-old = Ittjij lihkustuvá álgget. Sijddo la soajttám ilá guhkev rabás årrot. Vállji vat boalov Álge.
error-link-gone = Duv álgadum vásstádus la sihkoduvvam. Le mannam ienebu gå 24 tijma. Máhtá álgget ådåsis.
error-home-unanswered = Vállji gånnå åro. Dat la ájnna gatjálvis masi hæhttu vásstedit.
error-too-soon =
    { $seconds ->
        [one] Le mannam ilá oanes ájgge dat rájes gå álggi. Duv vásstádusá li vuorkkidum. Vuorde { $seconds } sekundav ja sáddi vat.
        [two] Le mannam ilá oanes ájgge dat rájes gå álggi. Duv vásstádusá li vuorkkidum. Vuorde { $seconds } sekunda ja sáddi vat.
       *[other] Le mannam ilá oanes ájgge dat rájes gå álggi. Duv vásstádusá li vuorkkidum. Vuorde { $seconds } sekunda ja sáddi vat.
    }
too-soon-title = Vuorde vehi
stop-later-link = Vásstádusá bissu dán næhttalåhkken gitta { $until } rádjáj. Dahpa sijdov. Rabá sæmmi liŋkav ådåsis gå sidá joarkket.
stop-delete-link = Gájkka duv vásstádusá sihkoduvvi dalánagi. Máhtá álgget ådåsis.
deleted-link = Ij mige la báhtsám. Máhtá álgget ådåsis.

part = Oasse { $part } / { $parts }
back = Ruoptus
back-label = Åvdep sijddo
notice-label = Diededibme
probe =
    { $count ->
        [one] I la vásstedam gatjálvissaj { $numbers }. Vássteda jus sidá, jali joarke.
        [two] I la vásstedam gatjálvisájda { $numbers }. Vássteda jus sidá, jali joarke.
       *[other] I la vásstedam gatjálvisájda { $numbers }. Vássteda jus sidá, jali joarke.
    }
clear-answer = Válde muv vásstádusáv ierit
clear-question = gatjálvissaj { $number }
send = Sáddi muv vásstádusájt
send-once = Gå la sáddim, de i máhte desti rievddadit.
exit-button = Guode sijdov jåhtelit
exit-history = Boallo sihkku duv vásstádusájt. Næhttalåhke histåvrrå bissu.
exit-help = Doarjja ja viehkke
stop-link = Hiejte
delete-button = Sihko muv vásstádusájt

stop-title = Hiejte
stop-later = Joarke maŋŋela
stop-later-text = Vásstádusá bissu dán næhttalåhkken gitta { $until } rádjáj. Dahpa sijdov. Rabá girje adressav ådåsis gå sidá joarkket.
stop-later-back = Ruoptus gatjálvisájda
stop-send = Sáddi dav majt lav vásstedam
stop-send-text = Gatjálvisá majda i la vil boahtám, e vássteduvá.
stop-delete = Sihko muv vásstádusájt
stop-delete-text = Gájkka duv vásstádusá sihkoduvvi dalánagi. Kodav máhttá ådåsis adnet.
deleted-title = Duv vásstádusá li sihkoduvvam
deleted-text = Ij mige la báhtsám. Máhtá álgget ådåsis sæmmi kodajn.
start-over-link = Vuostasj sijdduj

receipt-title = Gijtto. Duv vásstádusá li boahtám.
receipt-word = Duodastusbáhko
receipt-word-text = Báhko vuoset jut duv vásstádus la boahtám. Dajna ij máhte vuojnnet majt la vásstedam.
receipt-results = Båhtusa almoduvvi { $date }.
receipt-close = Dálla máhtá sijdov dahppat.
receipt-help = Sidá gus soabmásijn ságastit? Dánna gávnnu doarjja ja viehkke.

used-text = Juohkka koda vaddá avtav vásstádusáv. I gus la iesj vásstedam? Aktavuohtadiedo li girjen.
answered-title = La juo vásstedam
answered-text = Duv vásstádusá li boahtám. Dajt ij máhte ådåsis sáddit.
answered-receipt = Vuoseda duodastusáv
closed-title = Gatjálvissjiebmá la dahpaduvvam
paused-title = Gatjálvissjiemán la båddå
too-many-title = Ilá moadda gæhttjalime
busy-title = Gæhttjala vat
busy-button = Gæhttjala vat

help-title = Doarjja ja viehkke
help-urgent = Hiehtedilen riŋŋgi 112.
help-lead = La gus juojddáv gássjelav vásedam, jali sidá gus soabmásijn ságastit? Dájda nummarijda máhtá riŋŋgit.
help-emergency = Hiehtenummar
help-police = Polijssa, gå ij la hiehtedille
help-victims = Doarjja sidjij gudi li vierredagov vásedam (Brottsofferjouren)
help-women = Nissunij doarjjatelefåvnnå (Kvinnofridslinjen)
help-men = Ålmmåj doarjjatelefåvnnå (Stödlinjen för män)
help-trans = Transulmutjij doarjjatelefåvnnå (Stödlinjen för transpersoner)
help-children = Bris, jus la vuollel 18 jage
help-survey = Gatjálvisá gatjálvissjiemá birra
help-survey-text = Aktavuohtadiedo li girjen. Danna tjuodtju aj gåktu máhtá páhppárin vásstedit.

promise-title = Nav duv vásstádusá suodjaluvvi
promise-1 = Girje koda vuoset jut oattjo vásstedit ja makkár kommuvnnaoasen åro. Juohkka koda vaddá avtav vásstádusáv.
promise-2 = Gå sáddi, de vásstádusá lássiduvvi digitála kuverraj. Kuvera rabáduvvi vuostasj maŋŋel gå gatjálvissjiebmá la dahpaduvvam, ja dåssju jus unnemusát { $threshold } tjåvdaåmastiddje dav aktan dahki. Tjåvdaåmastiddje li { $count }: { $holders }. Dan åvddåla ij máhte kommuvnna, ij polijssa jali sån guhti dáhtámasjijnajt háldat, dajt låhkåt.
promise-2-single = Gå sáddi, de vásstádusá lássiduvvi digitála kuverraj. Kuvera rabáduvvi maŋŋel gå gatjálvissjiebmá la dahpaduvvam, ja akta ulmusj dajt rahpá: { $holders }. Dat ulmusj lulu máhttet dajt åvddåla rahpat, jus lulu njuolgadusájt mieddet.
promise-3 = Gå kuvera rabáduvvi, de vásstádusá segaduvvi ja aktijvuohta kodajda sihkoduvvá. Dan maŋŋela ij vuojnnu gut la majt vásstedam.
promise-4 = Gå gatjálvissjiebmá la rabás, de vuojnnep makkár koda li aneduvvam. Dav dárbahip vaj mujttádahttep dåssju sijáv gudi e la vásstedam. Ep vuojne vásstádusájt.
promise-5 = Ep vuorkki IP-adressav, telefåvnnåmállev jali tijmav aktan duv vásstádusáj. Boasstoadnema diehti serverra låhkå gæhttjalimijt sæmmi værmádagás ienemusát avtav tijmav, ietjas mujton.
promise-6 = Álgadum vásstádus vuorkkiduvvá 24 tijma. Dat la lássidum tjoavddagijn mij la dåssju duv næhttalåhkken. Máhtá dav sihkkot goassa sidá.
promise-7 = Båhtusa vuoseduvvi dåssju juohkusijs majn li unnemusát { $least } vásstádusá.
promise-1-link = Vássteda rabás liŋka baktu, koda dagi. Aktan vásstádusáj vuorkkiduvvá makkár bájkkáj liŋkka guosská. Da lågåduvvi sierra. Da e goassak segaduvá sijá vásstádusáj gudi li girjev oadtjum.
promise-3-link = Gå kuvera rabáduvvi, de vásstádusá segaduvvi. Dan maŋŋela ij vuojnnu makkár årnigin da båhtin.
promise-4-link = Vásstádusá ma li ållu sæmmilágátja gå iehtjáda, jali majn la sæmmi vásstádus gájkka gatjálvisájda, e lågåduvá fárruj båhtusin. Subtsastip galla da li.
promise-limits = Dán vuosstij ep máhte suodjalit:
promise-limit-screen = jut soames vuojnná duv sjærmav, låhkå duv næhttalåhke histåvråv jali stivrri duv telefåvnåv jali dáhtámasjijnav
promise-limit-program = jut soames tjiegosvuodan prográmmav målssu gå gatjálvissjiebmá la rabás (vásstádusájt máhttá prográmman låhkåt oanes båttåv åvddål gå lássiduvvi)
promise-limit-holders = jut { $threshold } tjåvdaåmastiddje aktan njuolgadusájt mieddi ja sijájn la vil boares kopiddja
promise-limit-rare = jut sån guhti vásstádusájt guoradallá, dåbddå huj sierralágásj aktijvuodav.
promise-paper = Jus páhppárin vássteda, de sån guhti sjiemáv registreri, vuojnná sihke kodav ja vásstádusájt. Vássteda næhtan jus sidá dav garvvet.
promise-no-round = Dánna tjuodtju gåktu vásstádusá suodjaluvvi, gå gatjálvissjiebmá la rabás.
