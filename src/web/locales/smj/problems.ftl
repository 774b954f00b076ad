### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# A heading and an explanation for each code of web/problem.rs.
problem-faults = Vihke: { $count }
problem-page-title = Vihkekoda { $code }
problem-status = Vásstádusá HTTP-dille la { $status }.
problem-id = Vihkekoda
problem-home = Álggosijdduj
problem-bad_query = Gatjálvis adressan ij la riekta
problem-bad_query-help = Soames parámehter adressan la amás, guovte bále jali boasstot tjáleduvvam. Buohtastahte adressav duodastusáj.
problem-bad_json = Sisadno ij la riekta JSON
problem-bad_json-help = Sáddidum sisanov ij lim máhttelis låhkåt JSON:an UTF-8:in. Gehtja mærkajt.
problem-idempotency_key_missing = Idempotency-Key vájllu
problem-idempotency_key_missing-help = Sáddi header Idempotency-Key manna li 16–64 mærka: A-Z, a-z, 0-9, _ ja -.
problem-px_parameter = Soames parámehter tabellagatjálvisán ij la riekta
problem-px_parameter-help = Buohtastahte variábelijt, árvojt ja filterijt tabella metadiedoj.
problem-unauthenticated = I la sisilåggim
problem-unauthenticated-help = Låggi sisi, jali sáddi dåhkálasj tjoavddagav header Authorization baktu.
problem-forbidden = Dát ij la loabálasj
problem-forbidden-help = Sijddo la soajttám ilá guhkev rabás, jali ij la dujna loahpe. Mana ruoptus, viedtja sijdov ådåsis ja gæhttjala vat.
problem-second_person_required = Vil akta ulmusj hæhttu nannit
problem-second_person_required-help = Doajmma gájbbet guokta ulmutja. Gåhtjo barggorádnav gænna la loahpe, nannit.
problem-px_too_many_cells = Ilá moadda sella avtan viedtjamin
problem-px_too_many_cells-help = Avtan viedtjamin oadtju liehket ienemusát 150 000 sella. Juoge dav jali viedtja ålles fijlav.
problem-not_found = Sijddo ij gávnnu
problem-not_found-help = Gehtja adressav. Jus dav girjes tjálli, de buohtastahte juohkka mærkav.
problem-method_not_allowed = Vuogev ij máhte dánna adnet
problem-method_not_allowed-help = Adressa gávnnu, valla ij dåhkkida dav vuogev. Header Allow vuoset ma dåhkkiji.
problem-not_acceptable = Hábme ij gávnnu
problem-not_acceptable-help = Ij aktak hábme header Accept sinna gávnnu dánna.
problem-request_timeout = Dat váldij ilá guhkev
problem-request_timeout-help = Diedo båhtin ilá njoahtset. Gehtja aktavuodav ja gæhttjala vat.
problem-stage_conflict = Gatjálvissjiebmá la boasto dásen
problem-stage_conflict-help = Dav ij máhte dálla dahkat. Vásstádus vuoset majt máhttá dahkat.
problem-questionnaire_frozen = Sjiebmá la lássidum
problem-questionnaire_frozen-help = Almoduvvam versjåvnnå ij goassak rievddaduvá. Almoda dan sadjáj ådå versjåvnåv.
problem-round_not_open = Gatjálvissjiebmá ij vásstádusájt vuosstájválde
problem-round_not_open-help = Gatjálvissjiebmá ij la rabás. Dat soajttá dahpaduvvam, båtton jali ij vil rabáduvvam.
problem-code_spent = Koda la juo aneduvvam
problem-code_spent-help = Juohkka koda vaddá avtav vásstádusáv. Ietjá vásstádus la juo boahtám dájna kodajn.
problem-gate_refused = Diedo e vatteduvá
problem-gate_refused-help = Diedoj suodjalus ittjij dajt loabeda. Vásstádus javllá manen.
problem-sign_off_conflict = Almodimev ij máhte vuollájtjállet
problem-sign_off_conflict-help = Dat la juo vuollájtjáleduvvam, hilggoduvvam jali målsoduvvam, jali iehtjáda åvddåla dahkin. Vásstádus javllá mij dáhpáduváj.
problem-language_not_ready = Giella ij la gárves
problem-language_not_ready-help = Dán giela tevsta e la guoradaládum. Divte dajt guoradallat jali válde gielav ierit.
problem-idempotency_in_progress = Gåhttjom juo giehtadaláduvvá
problem-idempotency_in_progress-help = Gåhttjom sæmmi tjoavddagijn la jådon. Gæhttjala vat muhtem minuhta maŋŋela.
problem-precondition_failed = Diehto la rievddam
problem-precondition_failed-help = Soames la diedov rievddadam maŋŋel gå dav låhki. Viedtja dav ådåsis ja daga rievddadusáv vat.
problem-payload_too_large = Sáddidum sisadno la ilá stuorre
problem-payload_too_large-help = Rádje la adressas gitta. Sáddi unnebuv.
problem-unsupported_media_type = Hábme ij dåhkkiduvá dánna
problem-unsupported_media_type-help = Buohtastahte header Content-Type duodastusáj.
problem-invalid = Diedojt ij máhte vuosstájválldet
problem-invalid-help = Juoga diedojn ij la riekta. Vásstádusán li gájkka vige, daj sadje ja koda.
problem-import_refused = Sisifievrridibme ij la dåhkkiduvvam
problem-import_refused-help = Akta jali moadda linnja e dåhkkiduvvam, ja ij mige la vuorkkiduvvam. Vásstádusán li linnja.
problem-idempotency_key_reused = Tjåvda la aneduvvam ietján
problem-idempotency_key_reused-help = Sæmmi Idempotency-Key bådij ietjá sisanujn. Ane ådå tjoavddagav.
problem-precondition_required = If-Match vájllu
problem-precondition_required-help = Sáddi diedo ETag header If-Match baktu, vaj i sihko iehtjádij rievddadusájt.
problem-too_many_requests = Ilá moadda gæhttjalime
problem-too_many_requests-help = Vuorde vehi ja gæhttjala vat. Header Retry-After javllá galla sekunda.
problem-internal = Miján sjattaj vihke
problem-internal-help = Vihke la tjáleduvvam. Gæhttjala vat muhtem minuhta maŋŋela. Diededa vihkekodav jus mijájn aktavuodav válldá.
problem-overloaded = Moattes vásstedi dálla
problem-overloaded-help = Ij mige la vuorkkiduvvam. Gæhttjala vat muhtem minuhta maŋŋela.
problem-unavailable = Dievnastus ij dálla doajma
problem-unavailable-help = Ij mige la vuorkkiduvvam. Gæhttjala vat muhtem minuhta maŋŋela.
problem-release_damaged = Lågojt ij máhte vuosedit
problem-release_damaged-help = Vuorkkidum almodibme ij la dat mij almoduváj. Lågo e vuoseduvá åvddål gå la divoduvvam.

# Faults in answers sent by a program.
api-length = Árvvo la ilá oadne jali ilá guhkke.
api-submission = Sáddi sáhtedåhkå UUID (versjåvnnå 4).
api-language = Gatjálvissjiemán ij la dát giella.
api-item-unknown = Sjiemán ij la dakkár gatjálvis.
api-item-hidden = Dát ulmusj ij oattjo dáv gatjálvisáv. Válde vásstádusáv ierit.
api-option-unknown = Gatjálvisán ij la dakkár vásstádus.
