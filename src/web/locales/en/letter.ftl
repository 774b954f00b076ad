### status: draft
### reviewed_by:
### reviewed_on:

# Letters. They do not tell what the survey is about: somebody else may read them.
letter-title = Invitation to answer a survey
letter-remind-title = Reminder of a survey
letter-intro = { $organisations } invites you to answer a survey. It takes about { $minutes } minutes. You can start answering until { $date }.
letter-remind-intro = { $organisations } has invited you to answer a survey. It takes about { $minutes } minutes. You can start answering until { $date }.
letter-remind-code = The code here is new. The code in the earlier letter works too, but you can answer only once. If you have answered already, please ignore this letter.
letter-how = Go to the address and type the code, or point your phone’s camera at the chequered code. You can answer in several languages.
letter-door = Address
letter-code = Your code
letter-scanned = QR code that opens the survey with your code filled in
letter-voluntary = Answering is voluntary, and you can skip any question. The code shows that you may answer and which district you live in. Your answers are locked when you send them. After that they cannot be tied to you.
letter-contact = Questions? { $contact }
letter-number = Number of this letter
letter-brief = You can answer the survey in English.
letter-brief-where = The address and your code stand above.
