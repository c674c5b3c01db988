"use strict";
// What the evening school adds: reading aloud, speaking in, and leaving nothing behind on a shared computer.
(() => {
  const { gezicht, gesprek } = document.body.dataset;
  const log = document.getElementById("gesprek");
  const invoer = document.getElementById("tekst");
  const hulpmiddelen = document.getElementById("hulpmiddelen");
  const leesVoor = document.querySelector("[data-doe=lees-voor]");
  const spreekIn = document.querySelector("[data-doe=spreek-in]");
  const spreekHulp = document.getElementById("spreek-hulp");
  const Luisteraar = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  const STIL = 10 * 60 * 1000;
  const TAAL = "nl-NL";

  // -- reading aloud ------------------------------------------------------------------------------------------

  const zwijg = () => {
    window.speechSynthesis?.cancel();
    leesVoor.setAttribute("aria-pressed", "false");
  };
  const spreek = () => {
    const stuk = Array.from(log.querySelectorAll(".bericht--assistent:not(.oud)")).map((bericht) => {
      const kopie = bericht.cloneNode(true);
      for (const weg of kopie.querySelectorAll(".bron, .bewijs, .verborgen, .keuzes")) weg.remove();
      return kopie.textContent.replace(/\s+/g, " ").trim();
    });
    const stem = new SpeechSynthesisUtterance(stuk.join(" "));
    stem.lang = TAAL;
    stem.rate = 0.9;
    stem.onend = zwijg;
    stem.onerror = zwijg;
    leesVoor.setAttribute("aria-pressed", "true");
    speechSynthesis.speak(stem);
  };
  if ("speechSynthesis" in window) {
    leesVoor.hidden = false;
    leesVoor.addEventListener("click", () => (leesVoor.getAttribute("aria-pressed") === "true" ? zwijg() : spreek()));
  }

  // -- speaking in ----------------------------------------------------------------------------------------------

  if (Luisteraar) {
    const luisteraar = new Luisteraar();
    luisteraar.lang = TAAL;
    const klaar = () => spreekIn.setAttribute("aria-pressed", "false");
    luisteraar.onresult = (gehoord) => { invoer.value = gehoord.results[0][0].transcript; invoer.focus(); };
    luisteraar.onend = klaar;
    luisteraar.onerror = klaar;
    spreekIn.hidden = false;
    spreekHulp.hidden = false;
    spreekIn.addEventListener("click", () => {
      if (spreekIn.getAttribute("aria-pressed") === "true") { luisteraar.stop(); return; }
      spreekIn.setAttribute("aria-pressed", "true");
      luisteraar.start();
    });
  }

  // -- leaving nothing behind -------------------------------------------------------------------------------------

  // A beacon arrives although the page is already gone.
  const vergeet = () => {
    const inhoud = JSON.stringify({ gezicht, gesprek });
    navigator.sendBeacon("/webhooks/web/vergeet", new Blob([inhoud], { type: "application/json" }));
  };
  const stop = () => {
    zwijg();
    log.replaceChildren(document.getElementById("sjabloon-gewist").content.cloneNode(true));
    hulpmiddelen.hidden = true;
    invoer.value = "";
    location.replace(location.pathname);
  };
  let stilte = 0;
  const hoor = () => {
    clearTimeout(stilte);
    stilte = setTimeout(stop, STIL);
  };
  for (const soort of ["pointerdown", "keydown"]) document.addEventListener(soort, hoor, { passive: true });
  addEventListener("pagehide", () => { zwijg(); vergeet(); log.replaceChildren(); invoer.value = ""; });
  addEventListener("pageshow", (gebeurtenis) => { if (gebeurtenis.persisted) location.reload(); });
  document.querySelector("[data-doe=stop]").addEventListener("click", stop);
  document.addEventListener("routewijzer:antwoord", () => { hulpmiddelen.hidden = false; zwijg(); hoor(); });
  hoor();
})();
