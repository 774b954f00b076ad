### status: draft
### reviewed_by:
### reviewed_on:

# Letters. They do not tell what the survey is about: somebody else may read them.
letter-title = دعوة للإجابة على استبيان
letter-remind-title = تذكير باستبيان
letter-intro = هذه دعوة لك للإجابة على استبيان من { $organisations }. المدة التقريبية بالدقائق: { $minutes }. يمكنك البدء بالإجابة حتى تاريخ { $date }، بما في ذلك هذا اليوم.
letter-remind-intro = سبق أن وُجهت إليك دعوة للإجابة على استبيان من { $organisations }. المدة التقريبية بالدقائق: { $minutes }. يمكنك البدء بالإجابة حتى تاريخ { $date }، بما في ذلك هذا اليوم.
letter-remind-code = الرمز المكتوب هنا جديد. يمكن أيضًا استخدام الرمز الموجود في الرسالة السابقة، لكن لا يمكنك الإجابة إلا مرة واحدة. إذا سبق أن أجبت، يرجى تجاهل هذه الرسالة.
letter-how = يرجى فتح العنوان وكتابة الرمز، أو توجيه كاميرا الهاتف إلى المربع (رمز QR). يمكن الإجابة بعدة لغات.
letter-door = العنوان
letter-code = رمزك
letter-scanned = رمز QR يفتح الاستبيان وفيه رمزك مكتوب مسبقًا
letter-voluntary = الإجابة اختيارية، ويمكنك تخطي أي سؤال. يبين الرمز أنه يحق لك الإجابة، ويبين منطقة سكنك في البلدية. تُقفل إجاباتك عند إرسالها. وبعد ذلك لا يمكن ربطها بك.
letter-contact = هل لديك أسئلة؟ { $contact }
letter-number = رقم الرسالة
letter-brief = يمكنك الإجابة على الاستبيان باللغة العربية.
letter-brief-where = العنوان ورمزك مكتوبان في الأعلى.
