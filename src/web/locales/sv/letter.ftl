### status: draft
### reviewed_by:
### reviewed_on:

# Breven. De säger inte vad enkäten handlar om: någon annan kan läsa dem.
letter-title = Inbjudan att svara på en enkät
letter-remind-title = Påminnelse om en enkät
letter-intro = { $organisations } bjuder in dig att svara på en enkät. Det tar ungefär { $minutes } minuter. Du kan börja svara till och med { $date }.
letter-remind-intro = { $organisations } har bjudit in dig att svara på en enkät. Det tar ungefär { $minutes } minuter. Du kan börja svara till och med { $date }.
letter-remind-code = Koden här är ny. Koden i det tidigare brevet går också att använda, men du kan bara svara en gång. Har du redan svarat kan du bortse från det här brevet.
letter-how = Gå till adressen och skriv koden, eller rikta telefonens kamera mot den rutiga koden. Det går att svara på flera språk.
letter-door = Adress
letter-code = Din kod
letter-scanned = QR-kod som öppnar enkäten med din kod ifylld
letter-voluntary = Det är frivilligt att svara, och du kan hoppa över varje fråga. Koden visar att du får svara och vilken kommundel du bor i. Dina svar låses in när du skickar dem. Efteråt går de inte att koppla till dig.
letter-contact = Har du frågor? { $contact }
letter-number = Brevets nummer
letter-brief = Du kan svara på enkäten på svenska.
letter-brief-where = Adressen och din kod står ovanför.
