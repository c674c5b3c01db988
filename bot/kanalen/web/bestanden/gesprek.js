"use strict";
// Sends what is typed or chosen and shows the answer that the server wrote. No text stands here: all words
// come with the page (templates, labels) or with the answer.
(() => {
  const { gezicht, gesprek } = document.body.dataset;
  const log = document.getElementById("gesprek");
  const formulier = document.getElementById("formulier");
  const invoer = document.getElementById("tekst");
  const bezig = document.getElementById("bezig");
  const doelgroep = document.getElementById("doelgroep");
  const onthoud = document.getElementById("onthoud");
  const gemeente = document.getElementById("gemeente");

  const GEHEUGEN = "routewijzer";
  const WACHT_VOOR_BEZIG = 300;
  const PAUZES = [1000, 3000];
  const LANGST = 30000;
  const duimpje = matchMedia("(pointer: coarse)");

  const nieuwId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const wacht = (ms) => new Promise((klaar) => { setTimeout(klaar, ms); });
  const sjabloon = (naam) => document.getElementById(`sjabloon-${naam}`).content.cloneNode(true);

  // -- one call, tried again when the line drops; the id in it keeps the server from answering twice ---------

  const roepEenKeer = (pad, inhoud) => fetch(`/webhooks/web/${pad}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ gezicht, ...inhoud }),
    signal: AbortSignal.timeout(LANGST),
  });

  const roep = async (pad, inhoud) => {
    for (const pauze of [...PAUZES, null]) {
      try {
        const antwoord = await roepEenKeer(pad, inhoud);
        return { gelukt: antwoord.ok, ...(await antwoord.json()) };
      } catch (fout) {
        if (pauze === null) throw fout;
        await wacht(pauze);
      }
    }
  };

  // -- what is shown ------------------------------------------------------------------------------------------

  let laatsteVraag = null;
  const toonVraag = (tekst) => {
    const vraag = sjabloon("vraag");
    vraag.querySelector("[data-vak]").textContent = tekst;
    for (const ouder of log.children) ouder.classList.add("oud");
    log.append(vraag);
    laatsteVraag = log.lastElementChild;
    laatsteVraag.scrollIntoView({ block: "start" });
  };

  const toonHtml = (html) => {
    const houder = document.createElement("template");
    houder.innerHTML = html;
    const eerste = houder.content.querySelector(".bericht");
    log.append(houder.content);
    return eerste;
  };

  const toonFout = (tekst) => {
    const melding = sjabloon("fout");
    melding.querySelector("[data-vak]").textContent = tekst;
    log.append(melding);
  };

  const isBezig = (aan) => { bezig.textContent = aan ? bezig.dataset.tekst : ""; };

  // -- what this device remembers, only when asked to ------------------------------------------------------------

  const herinnering = () => {
    try { return JSON.parse(localStorage.getItem(GEHEUGEN)) ?? {}; } catch { return {}; }
  };
  let bekend = null;
  let geleerd = null;
  const bewaar = () => {
    if (!onthoud?.checked) return;
    localStorage.setItem(GEHEUGEN, JSON.stringify({ doelgroep: doelgroep.value, gemeente: bekend, leren: geleerd }));
  };
  const houdGemeenteAan = (gevonden) => {
    if (!gevonden || !gemeente) return;
    bekend = gevonden;
    gemeente.textContent = gevonden.naam;
    bewaar();
  };

  const houdLeerstandAan = (stand) => {
    if (!stand || !onthoud) return;
    geleerd = stand;
    bewaar();
  };

  // -- one turn after another -----------------------------------------------------------------------------------

  let begonnen = false;
  let rij = Promise.resolve();

  const vooraf = () => {
    const velden = {};
    if (doelgroep) velden.doelgroep = doelgroep.value;
    if (bekend) velden.gemeente = bekend.code;
    if (geleerd) velden.leren = geleerd;
    return velden;
  };

  const verstuur = async (bericht) => {
    const teken = setTimeout(() => isBezig(true), WACHT_VOOR_BEZIG);
    try {
      const antwoord = await roep("bericht", bericht);
      if (antwoord.fout) { toonFout(antwoord.fout); return; }
      begonnen ||= antwoord.gelukt;
      const eerste = toonHtml(antwoord.html);
      laatsteVraag?.scrollIntoView({ block: "start" });
      houdGemeenteAan(antwoord.gemeente);
      houdLeerstandAan(antwoord.leren);
      if (document.activeElement !== invoer || duimpje.matches) eerste?.focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("routewijzer:antwoord"));
    } catch {
      const melding = sjabloon("geen-verbinding");
      const kader = melding.firstElementChild;
      melding.querySelector("[data-doe=opnieuw]").addEventListener("click", () => {
        kader.remove();
        invoer.focus();
        rij = rij.then(() => verstuur(bericht));
      });
      log.append(melding);
    } finally {
      clearTimeout(teken);
      isBezig(false);
    }
  };

  const vraag = (tekst, zichtbaar = tekst, keuze = false) => {
    // A thumb is about the last answer, and an old button may no longer be open.
    for (const oud of log.querySelectorAll(".oordeel, .keuzes, .opmerking")) oud.remove();
    toonVraag(zichtbaar);
    const bericht = { gesprek, bericht_id: nieuwId(), tekst, keuze };
    rij = rij.then(() => verstuur(begonnen ? bericht : { ...bericht, vooraf: vooraf() }));
  };

  // -- what the visitor does -------------------------------------------------------------------------------------

  formulier.addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    const knop = gebeurtenis.submitter;
    const vak = knop?.closest(".opmerking")?.querySelector("textarea");
    if (vak) {
      const opmerking = vak.value.trim();
      if (opmerking) vraag(`${knop.value} ${opmerking}`, opmerking); else vak.focus();
      return;
    }
    if (knop?.name) {
      vraag(knop.value, knop.textContent.trim(), knop.name === "payload");
      return;
    }
    const tekst = invoer.value.trim();
    if (!tekst) return;
    invoer.value = "";
    vraag(tekst);
  });

  invoer.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Enter" || gebeurtenis.shiftKey || gebeurtenis.isComposing) return;
    gebeurtenis.preventDefault();
    formulier.requestSubmit();
  });

  log.addEventListener("click", (gebeurtenis) => {
    const duim = gebeurtenis.target.closest("[data-oordeel]");
    if (duim) beoordeel(duim.closest(".oordeel"), duim.dataset.oordeel === "goed");
  });

  const beoordeel = (plek, goed) => {
    const stuur = async (opmerking) => {
      try {
        const antwoord = await roep("oordeel", { gesprek, goed, opmerking });
        if (antwoord.fout) { toonFout(antwoord.fout); return; }
        toonHtml(antwoord.html)?.focus({ preventScroll: true });
        if (!antwoord.gelukt) return;
      } catch {
        log.append(sjabloon("geen-verbinding"));
        log.lastElementChild.querySelector("button").addEventListener("click", (g) => { g.target.parentElement.remove(); stuur(opmerking); });
      }
      plek.remove();
    };
    plek.replaceChildren(sjabloon("opmerking"));
    const vak = plek.querySelector("textarea");
    plek.querySelector("form").addEventListener("submit", (gebeurtenis) => { gebeurtenis.preventDefault(); stuur(vak.value.trim()); });
    plek.querySelector("[data-doe=sla-over]").addEventListener("click", () => stuur(""));
    vak.focus();
  };

  doelgroep?.addEventListener("change", () => {
    bewaar();
    if (begonnen) vraag(`/doelgroep ${doelgroep.value}`, doelgroep.selectedOptions[0].textContent);
  });

  onthoud?.addEventListener("change", () => {
    if (onthoud.checked) bewaar(); else localStorage.removeItem(GEHEUGEN);
  });

  document.addEventListener("click", (gebeurtenis) => {
    const wat = gebeurtenis.target.closest("[data-doe]")?.dataset.doe;
    if (wat === "print") print();
    if (wat === "wis") wis();
    if (wat === "geen-opmerking") {
      gebeurtenis.target.closest(".opmerking").remove();
      invoer.focus();
    }
  });

  const wis = async () => {
    try {
      const antwoord = await roep("vergeet", { gesprek });
      if (antwoord.fout) { toonFout(antwoord.fout); return; }
      if (antwoord.gelukt) log.replaceChildren();
      toonHtml(antwoord.html)?.focus();
      if (!antwoord.gelukt) return;
      begonnen = false;
      if (!onthoud?.checked) geleerd = null;
    } catch {
      log.append(sjabloon("geen-verbinding"));
      log.lastElementChild.querySelector("button").addEventListener("click", (g) => { g.target.parentElement.remove(); wis(); });
    }
  };

  // -- at the start -------------------------------------------------------------------------------------------------

  document.documentElement.classList.add("js");
  if (onthoud) {
    const eerder = herinnering();
    onthoud.checked = Boolean(eerder.doelgroep);
    if (eerder.doelgroep) doelgroep.value = eerder.doelgroep;
    houdGemeenteAan(eerder.gemeente);
    houdLeerstandAan(eerder.leren);
  }
})();
