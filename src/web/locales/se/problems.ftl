### status: draft
### reviewed_by:
### reviewed_on:
### Drafted by people who do not master this language. A speaker of it must correct the text before it is used.

# A heading and an explanation for each code of web/problem.rs.
problem-faults = Meattáhusat: { $count }
problem-page-title = Meattáhuskoda { $code }
problem-status = Vástádusa HTTP-dilli lea { $status }.
problem-id = Meattáhuskoda
problem-home = Álgosiidui
problem-bad_query = Gažaldat čujuhusas ii leat riekta
problem-bad_query-help = Muhtun parámehter čujuhusas lea amas, geardduhuvvon dahje boastut čállojuvvon. Buohtastahte čujuhusa duođaštusain.
problem-bad_json = Sisdoallu ii leat dohkálaš JSON
problem-bad_json-help = Sáddejuvvon sisdoalu ii sáhte lohkat JSON:n UTF-8-hámis. Dárkkis sitáhtamearkkaid, kommaid ja ruođuid.
problem-idempotency_key_missing = Idempotency-Key váilu
problem-idempotency_key_missing-help = Sádde header Idempotency-Key mas leat 16–64 mearkka: A-Z, a-z, 0-9, _ ja -.
problem-px_parameter = Muhtun parámehter tabeallagažaldagas ii leat riekta
problem-px_parameter-help = Buohtastahte variábeliid, árvvuid ja filtariid tabealla metadieđuiguin.
problem-unauthenticated = It leat loggen sisa
problem-unauthenticated-help = Logge sisa, dahje sádde dohkálaš čoavdaga headeris Authorization.
problem-forbidden = Dát ii leat lobálaš
problem-forbidden-help = Siidu lea soaitán leat rabas menddo guhká, dahje dus ii leat lohpi. Mana ruovttoluotta, viečča siiddu ođđasit ja geahččal fas.
problem-second_person_required = Vel okta olmmoš ferte nannet
problem-second_person_required-help = Doaibma gáibida guokte olbmo. Bivdde bargoskihpára, geas lea lohpi, nannet.
problem-px_too_many_cells = Menddo ollu seallat ovtta viežžamis
problem-px_too_many_cells-help = Ovtta viežžamis ožžot leat eanemustá 150 000 sealla. Juoge dan dahje viečča olles fiilla.
problem-not_found = Siidu ii gávdno
problem-not_found-help = Dárkkis čujuhusa. Jus čállet dan reivves, de buohtastahte mearkka mearkkas.
problem-method_not_allowed = Vuogi ii sáhte geavahit dás
problem-method_not_allowed-help = Čujuhus gávdno, muhto ii dohkket dan vuogi. Header Allow čájeha mat dohkkejit.
problem-not_acceptable = Hápmi ii gávdno
problem-not_acceptable-help = Header Accept ii namut ovttage hámi maid dás sáhttá oažžut.
problem-request_timeout = Dat ádjánii menddo guhká
problem-request_timeout-help = Dieđut bohte menddo njozet. Dárkkis oktavuođa ja geahččal fas.
problem-stage_conflict = Jearahallan lea boasttu muttus
problem-stage_conflict-help = Dan ii sáhte dahkat dál. Vástádus čájeha makkár lávkkit leat vejolaččat.
problem-questionnaire_frozen = Skovvi lea lohkkaduvvon
problem-questionnaire_frozen-help = Almmuhuvvon veršuvdna ii rievdaduvvo goassege. Almmut dan sadjái ođđa veršuvnna.
problem-round_not_open = Jearahallan ii váldde vástádusaid vuostá
problem-round_not_open-help = Jearahallan ii leat rabas. Dat sáhttá leat gitta, bottus dahje ii vel rahppojuvvon.
problem-code_spent = Koda lea juo geavahuvvon
problem-code_spent-help = Juohke koda addá ovtta vástádusa. Eará vástádus lea juo boahtán dáinna kodain.
problem-gate_refused = Dieđut eai addojuvvo
problem-gate_refused-help = Dieđuid suodjalus bissehii daid. Vástádus muitala manne.
problem-sign_off_conflict = Almmuheami ii sáhte vuolláičállit
problem-sign_off_conflict-help = Dat lea juo vuolláičállojuvvon, hilgojuvvon dahje molsojuvvon, dahje nubbi ollii ovdal. Vástádus muitala mii dáhpáhuvai.
problem-language_not_ready = Giella ii leat gárvvis
problem-language_not_ready-help = Dán giela teavsttat eai leat dárkkistuvvon. Divtte dárkkistit daid dahje vállje giela eret.
problem-idempotency_in_progress = Bivdda gieđahallojuvvo juo
problem-idempotency_in_progress-help = Bivdda seamma čoavdagiin lea jođus. Geahččal fas oanehis áiggi geahčen.
problem-precondition_failed = Diehtu lea rievdan
problem-precondition_failed-help = Soames lea rievdadan dieđu maŋŋel go lohket dan. Viečča dan ođđasit ja daga rievdadusa fas.
problem-payload_too_large = Sáddejuvvon sisdoallu lea menddo stuoris
problem-payload_too_large-help = Rádji lea čujuhusa duohken. Sádde unnit hávális.
problem-unsupported_media_type = Hápmi ii dohkkehuvvo dás
problem-unsupported_media_type-help = Buohtastahte header Content-Type duođaštusain.
problem-invalid = Dieđuid ii sáhte váldit vuostá
problem-invalid-help = Juoga dieđuin ii leat riekta. Vástádusas leat buot meattáhusat, daid báiki ja koda.
problem-import_refused = Sisafievrrideapmi bissehuvvui
problem-import_refused-help = Okta dahje máŋga linnjá eai dohkkehuvvon, iige mihkkege leat vurkejuvvon. Vástádusas leat linnját.
problem-idempotency_key_reused = Čoavdda lea geavahuvvon eará áššái
problem-idempotency_key_reused-help = Seamma Idempotency-Key bođii eará sisdoaluin. Geavat ođđa čoavdaga.
problem-precondition_required = If-Match váilu
problem-precondition_required-help = Sádde dieđu ETag headeris If-Match, vai don it sihko earáid rievdadusaid.
problem-too_many_requests = Menddo ollu geahččaleamit
problem-too_many_requests-help = Vuordde oanehis áiggi ja geahččal fas. Header Retry-After muitala man galle sekundda.
problem-internal = Mis dáhpáhuvai meattáhus
problem-internal-help = Meattáhus lea merkejuvvon. Geahččal fas oanehis áiggi geahčen. Muital meattáhuskoda jus válddát oktavuođa minguin.
problem-overloaded = Máŋgasat vástidit juste dál
problem-overloaded-help = Mihkkege ii leat vurkejuvvon. Geahččal fas oanehis áiggi geahčen.
problem-unavailable = Bálvalus ii doaimma juste dál
problem-unavailable-help = Mihkkege ii leat vurkejuvvon. Geahččal fas oanehis áiggi geahčen.
problem-release_damaged = Loguid ii sáhte čájehit
problem-release_damaged-help = Vurkejuvvon almmuheapmi ii leat dat mii almmuhuvvui. Logut eai čájehuvvo ovdal go dat lea divvojuvvon.

# Faults in answers sent by a program.
api-length = Árvu lea menddo oanehaš dahje menddo guhkki.
api-submission = Sádde sahtedohko UUID (veršuvdna 4).
api-language = Jearahallamis ii leat dát giella.
api-item-unknown = Skovis ii leat dakkár gažaldat.
api-item-hidden = Gažaldat ii jerrojuvvo dán olbmos. Váldde vástádusa eret.
api-option-unknown = Gažaldagas ii leat dakkár vástádus.
