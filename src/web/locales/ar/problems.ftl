### status: draft
### reviewed_by:
### reviewed_on:

# A title and an explanation for every code of web/problem.rs.
problem-faults = { $count ->
    [zero] لا أخطاء
    [one] خطأ واحد
    [two] خطآن
    [few] { $count } أخطاء
    [many] { $count } خطأً
   *[other] { $count } خطأ
}
problem-page-title = رمز الخطأ { $code }
problem-status = حالة HTTP للرد هي { $status }.
problem-id = رمز الخطأ
problem-home = إلى الصفحة الرئيسية
problem-bad_query = الطلب في العنوان غير صحيح
problem-bad_query-help = أحد المعاملات في العنوان غير معروف أو مكرر أو مكتوب بشكل خاطئ. يرجى مقارنة العنوان بالوثائق.
problem-bad_json = المحتوى ليس JSON صالحًا
problem-bad_json-help = لم يمكن قراءة ما أُرسل بصيغة JSON بترميز UTF-8. يرجى التحقق من علامات الاقتباس والفواصل والأقواس.
problem-idempotency_key_missing = الترويسة Idempotency-Key غير موجودة
problem-idempotency_key_missing-help = يرجى إرسال الترويسة Idempotency-Key بطول من 16 إلى 64 خانة من A-Z, a-z, 0-9 أو _ أو -.
problem-px_parameter = أحد معاملات طلب الجدول غير صحيح
problem-px_parameter-help = يرجى مقارنة المتغيرات والقيم وعوامل التصفية بالبيانات الوصفية للجدول.
problem-unauthenticated = لم يتم تسجيل الدخول
problem-unauthenticated-help = يرجى تسجيل الدخول، أو إرسال مفتاح صالح في الترويسة Authorization.
problem-forbidden = هذا غير مسموح به
problem-forbidden-help = ربما بقيت الصفحة مفتوحة مدة طويلة، أو أن الصلاحية غير متوفرة. يرجى الرجوع وإعادة تحميل الصفحة والمحاولة مرة أخرى.
problem-second_person_required = يجب أن يؤكد شخص آخر أيضًا
problem-second_person_required-help = يتطلب هذا الإجراء شخصين. يرجى طلب التأكيد من شخص آخر في العمل لديه الصلاحية.
problem-px_too_many_cells = خلايا كثيرة جدًا في طلب واحد
problem-px_too_many_cells-help = يمكن أن يحتوي الطلب الواحد على 150,000 خلية على الأكثر. يرجى تقسيمه أو تنزيل الملف كاملًا.
problem-not_found = الصفحة غير موجودة
problem-not_found-help = يرجى التحقق من العنوان. إذا كان منقولًا من رسالة، يرجى مقارنته حرفًا حرفًا.
problem-method_not_allowed = لا يمكن استخدام هذه الطريقة هنا
problem-method_not_allowed-help = العنوان موجود لكنه لا يقبل هذه الطريقة. الترويسة Allow تبين الطرق المقبولة.
problem-not_acceptable = الصيغة غير موجودة
problem-not_acceptable-help = لا يمكن هنا تقديم أي من الصيغ المذكورة في الترويسة Accept.
problem-request_timeout = استغرق الأمر وقتًا طويلًا جدًا
problem-request_timeout-help = وصلت البيانات ببطء شديد. يرجى التحقق من الاتصال والمحاولة مرة أخرى.
problem-stage_conflict = الجولة في مرحلة غير مناسبة
problem-stage_conflict-help = لا يمكن القيام بذلك في المرحلة الحالية للجولة. يبين الرد الخطوات الممكنة.
problem-questionnaire_frozen = الاستمارة مقفلة
problem-questionnaire_frozen-help = النسخة المنشورة لا تتغير أبدًا. يرجى نشر نسخة جديدة بدلًا من ذلك.
problem-round_not_open = الاستبيان لا يستقبل إجابات
problem-round_not_open-help = الجولة غير مفتوحة. ربما تكون مغلقة أو متوقفة مؤقتًا أو لم تُفتح بعد.
problem-code_spent = سبق استخدام الرمز
problem-code_spent-help = كل رمز يتيح ردًا واحدًا. لقد وصل رد آخر بهذا الرمز.
problem-gate_refused = تم إيقاف تسليم البيانات
problem-gate_refused-help = لم تسمح الحماية من كشف المعلومات بمرور البيانات. يبين الرد السبب.
problem-sign_off_conflict = لا يمكن التوقيع على النشر
problem-sign_off_conflict-help = في هذه الأثناء تم التوقيع عليه أو رفضه أو استبداله أو سبقه نشر آخر. يبين الرد أيها حدث.
problem-language_not_ready = اللغة غير جاهزة
problem-language_not_ready-help = لم تتم مراجعة النصوص بهذه اللغة. يرجى طلب مراجعتها أو استبعاد اللغة.
problem-idempotency_in_progress = الطلب قيد المعالجة
problem-idempotency_in_progress-help = يوجد طلب جارٍ بالمفتاح نفسه. يرجى المحاولة مرة أخرى بعد قليل.
problem-precondition_failed = لقد تغيرت البيانات
problem-precondition_failed-help = غيّر شخص آخر هذه البيانات بعد أن قرأتها. يرجى تحميلها من جديد وإعادة التعديل.
problem-payload_too_large = حجم ما أُرسل كبير جدًا
problem-payload_too_large-help = يعتمد الحد الأقصى على العنوان. يرجى إرسال كمية أقل في كل مرة.
problem-unsupported_media_type = هذه الصيغة غير مقبولة هنا
problem-unsupported_media_type-help = يرجى مقارنة الترويسة Content-Type بالوثائق.
problem-invalid = لم يمكن قبول البيانات
problem-invalid-help = يوجد خطأ ما في البيانات. يعدد الرد كل خطأ مع موضعه ورمزه.
problem-import_refused = تم إيقاف الاستيراد
problem-import_refused-help = لم يمكن قبول سطر واحد أو أكثر، ولم يُحفظ أي شيء. يعدد الرد هذه الأسطر.
problem-idempotency_key_reused = استُخدم المفتاح لشيء آخر
problem-idempotency_key_reused-help = وصلت Idempotency-Key نفسها بمحتوى آخر. يرجى استخدام مفتاح جديد.
problem-precondition_required = الترويسة If-Match غير موجودة
problem-precondition_required-help = يرجى إرسال قيمة ETag في الترويسة If-Match، حتى لا يضيع تعديل شخص آخر.
problem-too_many_requests = محاولات كثيرة جدًا
problem-too_many_requests-help = يرجى الانتظار قليلًا ثم المحاولة مرة أخرى. الترويسة Retry-After تبين عدد الثواني.
problem-internal = حدث خطأ لدينا
problem-internal-help = تم تسجيل الخطأ. يرجى المحاولة مرة أخرى بعد قليل. عند الاتصال بنا يرجى ذكر رمز الخطأ.
problem-overloaded = كثيرون يجيبون الآن
problem-overloaded-help = لم يُحفظ أي شيء. يرجى المحاولة مرة أخرى بعد قليل.
problem-unavailable = لا يمكن الوصول إلى الخدمة الآن
problem-unavailable-help = لم يُحفظ أي شيء. يرجى المحاولة مرة أخرى بعد قليل.
problem-release_damaged = لا يمكن عرض الأرقام
problem-release_damaged-help = النشر المخزّن ليس هو ما تم نشره. لا تُعرض أي أرقام إلى أن يُصحَّح ذلك.

# Faults in answers that programs send.
api-length = القيمة قصيرة جدًا أو طويلة جدًا.
api-submission = يرجى إرسال UUID عشوائي (الإصدار 4).
api-language = هذه اللغة غير متوفرة في الجولة.
api-item-unknown = لا يوجد سؤال كهذا في الاستمارة.
api-item-hidden = لا يُطرح هذا السؤال على هذا الشخص. يرجى حذف الإجابة.
api-option-unknown = لا يوجد خيار كهذا في إجابات السؤال.
