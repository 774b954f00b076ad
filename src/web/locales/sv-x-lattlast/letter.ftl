### status: draft
### reviewed_by:
### reviewed_on:

# Breven, på lätt svenska. De säger inte vad enkäten handlar om: någon annan kan läsa dem.
letter-title = Vill du svara på en enkät?
letter-remind-title = Påminnelse om en enkät
letter-intro = { $organisations } bjuder in dig att svara på en enkät. En enkät är frågor som många får svara på. Det tar ungefär { $minutes } minuter att svara. Du kan börja svara till och med { $date }.
letter-remind-intro = { $organisations } har bjudit in dig att svara på en enkät. En enkät är frågor som många får svara på. Det tar ungefär { $minutes } minuter att svara. Du kan börja svara till och med { $date }.
letter-remind-code = Koden här är ny. Koden i det förra brevet fungerar också. Men du kan bara svara en gång. Har du redan svarat? Då behöver du inte göra något.
letter-how = Gå till adressen och skriv koden. Du kan också rikta telefonens kamera mot den rutiga koden. Det går att svara på flera språk.
letter-door = Adress
letter-code = Din kod
letter-scanned = QR-kod som öppnar enkäten. Din kod är redan ifylld.
letter-voluntary = Det är frivilligt att svara. Det betyder att du bestämmer själv. Du kan hoppa över varje fråga. Koden visar att du får svara. Den visar också vilken del av kommunen du bor i. Dina svar låses när du skickar dem. Efteråt går svaren inte att koppla till dig.
letter-contact = Har du frågor? { $contact }
letter-number = Brevets nummer
letter-brief = Du kan svara på enkäten på lätt svenska.
letter-brief-where = Adressen och din kod står ovanför.
