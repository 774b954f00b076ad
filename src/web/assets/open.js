"use strict";
// The open link's proof of work. In the page this file starts itself once more as a worker, which looks
// for the number behind the challenge while the reader reads. Without it the form goes as well, seldom.
(() => {
  const MOST = 100000;
  const START = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ];
  const ROUNDS = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ];
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  // SHA-256 (FIPS 180-4) of fewer than 56 ASCII letters: one block, and no waiting for promises, which
  // on an old telephone take longer than the work.
  const hash = (text) => {
    const words = new Int32Array(64);
    const put = (place, byte) => (words[place >> 2] |= byte << (24 - 8 * (place & 3)));
    for (let place = 0; place < text.length; place++) put(place, text.charCodeAt(place));
    put(text.length, 0x80);
    words[15] = 8 * text.length;
    for (let i = 16; i < 64; i++) {
      const early = words[i - 15];
      const late = words[i - 2];
      words[i] =
        words[i - 16] + words[i - 7] +
        (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) +
        (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let i = 0; i < 64; i++) {
      const mix = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i];
      const most = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + mix) | 0, c, b, a, (mix + most) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, i) => ((word + START[i]) >>> 0).toString(16).padStart(8, "0")).join("");
  };

  if (typeof document === "undefined") {
    self.onmessage = ({ data: [salt, target] }) => {
      let number = 0;
      while (number <= MOST && hash(salt + number) !== target) number++;
      self.postMessage(number);
    };
    return;
  }

  const form = document.getElementById("begin");
  const wait = document.getElementById("wait");
  let working = true;
  let pressed = false;
  const done = (number) => {
    working = false;
    form.elements.number.value = number;
    if (pressed) form.submit();
  };
  form.addEventListener("submit", (event) => {
    if (working || pressed) event.preventDefault();
    if (working) wait.textContent = wait.dataset.words;
    pressed = true;
  });
  try {
    const here = document.currentScript.src;
    const policy = self.trustedTypes?.createPolicy("open", { createScriptURL: (address) => address });
    const worker = new Worker(policy ? policy.createScriptURL(here) : here);
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done("");
    worker.postMessage(form.elements.challenge.value.split("."));
  } catch {
    done("");
  }
})();
