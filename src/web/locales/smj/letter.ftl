### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Letters. They do not tell what the survey is about: somebody else may read them.
letter-title = Bovddidus gatjálvissjiemáv vásstedit
letter-remind-title = Mujttádus gatjálvissjiemá birra
letter-intro = Bovddiduvá gatjálvissjiemáv vásstedit. Gudi bovddiji: { $organisations }. Dat váldá sulle { $minutes } minuhta. Máhtá álgget vásstedit maŋemusát { $date }.
letter-remind-intro = La bovddiduvvam gatjálvissjiemáv vásstedit. Gudi li bovddim: { $organisations }. Dat váldá sulle { $minutes } minuhta. Máhtá álgget vásstedit maŋemusát { $date }.
letter-remind-code = Dát koda la ådås. Åvdep girje kodav máhttá aj adnet, valla máhtá dåssju akti vásstedit. Jus la juo vásstedam, de i dárbaha dán girjes berustit.
letter-how = Mana adressaj ja tjále kodav, jali tsuojgoda telefåvnå kamerav ruvddidum kodaj. Máhtá vásstedit moatten giellaj.
letter-door = Adressa
letter-code = Duv koda
letter-scanned = QR-koda mij gatjálvissjiemáv rahpá nav vaj duv koda la juo dievddum
letter-voluntary = Vásstedibme la iesjmiellusasj. Máhtá guoddet juohkka gatjálvisáv vásstedak. Koda vuoset jut oattjo vásstedit ja makkár kommuvnnaoasen åro. Duv vásstádusá lássiduvvi gå dajt sáddi. Dan maŋŋela ij máhte dajt dunji tjadnat.
letter-contact = Li gus dujna gatjálvisá? { $contact }
letter-number = Girje nummar
letter-brief = Máhtá gatjálvissjiemáv vásstedit julevsámegiellaj.
letter-brief-where = Adressa ja duv koda li dánna badjelin.
