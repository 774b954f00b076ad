### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# Letters. They do not tell what the survey is about: somebody else may read them.
letter-title = Bovdehus vástidit jearahallama
letter-remind-title = Muittuhus jearahallama birra
letter-intro = Don bovdejuvvot vástidit jearahallama. Bovdejeaddji: { $organisations }. Dat ádjána sullii { $minutes } minuhta. Don sáhtát álgit vástidit maŋimustá { $date }.
letter-remind-intro = Don leat bovdejuvvon vástidit jearahallama. Bovdejeaddji: { $organisations }. Dat ádjána sullii { $minutes } minuhta. Don sáhtát álgit vástidit maŋimustá { $date }.
letter-remind-code = Dát koda lea ođas. Ovddit reivve koda sáhttá maiddái geavahit, muhto don sáhtát vástidit dušše oktii. Jus leat juo vástidan, de it dárbbaš beroštit dán reivves.
letter-how = Mana čujuhussii ja čále koda, dahje čujut telefovnna kamera ruvttot kodii. Don sáhtát vástidit máŋgga gillii.
letter-door = Čujuhus
letter-code = Du koda
letter-scanned = QR-koda mii rahpá jearahallama nu ahte du koda lea juo devdojuvvon
letter-voluntary = Vástideapmi lea eaktodáhtolaš. Don sáhtát guođđit juohke gažaldaga vástitkeahttá. Koda čájeha ahte don beasat vástidit ja guđe gielddaoasis ásat. Du vástádusat lohkkaduvvojit go sáddet daid. Dan maŋŋá daid ii sáhte čatnat dutnje.
letter-contact = Leat go dus gažaldagat? { $contact }
letter-number = Reivve nummar
letter-brief = Don sáhtát vástidit jearahallama davvisámegillii.
letter-brief-where = Čujuhus ja du koda leat dás bajábealde.
