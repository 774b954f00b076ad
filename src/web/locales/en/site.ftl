### status: draft
### reviewed_by:
### reviewed_on:

# Words that stand on every page.
skip-link = Skip to the content
languages-label = Language
footer-label = About this site
survey-name = Survey
results-name = Safety survey
mark-demo-title = Demo data
mark-demo = Made-up figures that show how the service works. Nothing here is a real survey.
mark-test-title = Trial round
mark-test = Answers given here do not count.
mark-draft-title = Draft
mark-draft = The texts in this language have not been reviewed yet.
footer-help = Support and help
footer-promise = How your answers are protected
footer-accessibility = Accessibility
footer-cookies = Cookies
footer-privacy = Personal data

date = { $day } { $month } { $year }
date-and-time = { $date } at { $time }
list-and = { $first } and { $last }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

accessibility-title = Accessibility
accessibility-aim = The site is built so that everybody can use it, by keyboard, with a screen reader, enlarged, and without JavaScript. The aim is WCAG 2.2, level AA.
accessibility-state = No assessment has been made yet. That is why this page has no complete accessibility statement so far.
accessibility-feedback = Is there a part that you cannot use? Contact details are in your letter and on the municipality's website. You can always answer on paper instead.

cookies-title = Cookies
cookies-why = The site uses only cookies that it needs to work. Nothing is kept for advertising or statistics.
cookies-answers = __Host-f keeps your answers together while you fill in the survey. It goes away when you have sent, when you delete your answers, and after 24 hours at the latest. After you have sent, a cookie that can only show the receipt again is kept for an hour.
cookies-code = __Host-k remembers the code for 15 minutes after you have scanned the QR code in the letter, so that you need not type it.
cookies-staff = __Host-s keeps staff signed in.

privacy-title = Personal data
privacy-who = Responsible for the survey: { $organisations }.
privacy-who-letter = Your letter says who is responsible for the survey.
privacy-answers = Until the envelopes are opened your locked answers are personal data. Afterwards they cannot be tied to you.
privacy-kept = While the survey runs, which codes have been used is kept. Your IP address, device and time are not kept with your answers. To stop abuse the server counts attempts from the same network for at most an hour, in memory.
privacy-more = Read more about how answers are protected
