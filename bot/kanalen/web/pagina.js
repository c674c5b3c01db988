"use strict";
(() => {
  const gesprek = document.getElementById("gesprek");
  const formulier = document.getElementById("formulier");
  const invoer = document.getElementById("tekst");
  const doelgroep = document.getElementById("doelgroep");

  const stuur = async (pad, inhoud) => {
    const antwoord = await fetch(`/webhooks/web/${pad}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(inhoud),
    });
    return antwoord.json();
  };

  // Inline Markdown as elements; text is only ever set as text, never as HTML.
  const regel = (element, tekst) => {
    for (const deel of tekst.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)) {
      const treffer = deel.match(/^(\*\*|\*|`)([\s\S]+)\1$/);
      if (!treffer) { element.append(deel); continue; }
      const soort = { "**": "strong", "*": "em", "`": "code" }[treffer[1]];
      const knoop = document.createElement(soort);
      knoop.textContent = treffer[2];
      element.append(knoop);
    }
  };

  const toon = (tekst, wie) => {
    const bericht = document.createElement("div");
    bericht.className = `bericht ${wie}`;
    let lijst = null;
    for (const tekstregel of tekst.split("\n")) {
      const punt = tekstregel.match(/^\s*(-|\d+\.)\s+(.*)$/);
      if (punt) {
        const soort = punt[1] === "-" ? "ul" : "ol";
        if (!lijst || lijst.localName !== soort) { lijst = document.createElement(soort); bericht.append(lijst); }
        const item = document.createElement("li");
        regel(item, punt[2]);
        lijst.append(item);
      } else if (tekstregel.trim()) {
        lijst = null;
        const alinea = document.createElement("p");
        regel(alinea, tekstregel);
        bericht.append(alinea);
      }
    }
    gesprek.append(bericht);
    bericht.scrollIntoView({ block: "nearest" });
  };

  const toonKeuzes = (keuzes) => {
    if (!keuzes || !keuzes.length) return;
    const rij = document.createElement("div");
    rij.className = "keuzes";
    for (const keuze of keuzes) {
      const knop = document.createElement("button");
      knop.type = "button";
      knop.textContent = keuze.titel;
      knop.addEventListener("click", () => { rij.remove(); vraag(keuze.payload, keuze.titel, true); });
      rij.append(knop);
    }
    gesprek.append(rij);
  };

  const vraag = async (tekst, zichtbaar, keuze) => {
    toon(zichtbaar, "mij");
    try {
      const antwoord = await stuur("bericht", { tekst, keuze });
      toon(antwoord.antwoord || antwoord.fout, "bot");
      toonKeuzes(antwoord.keuzes);
    } catch {
      toon("Er is geen verbinding. Je vraag is niet verstuurd. Probeer het zo nog eens.", "bot");
    }
    invoer.focus();
  };

  formulier.addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    const tekst = invoer.value.trim();
    if (!tekst) return;
    invoer.value = "";
    vraag(tekst, tekst, false);
  });
  doelgroep.addEventListener("change", () => stuur("doelgroep", { doelgroep: doelgroep.value }));
})();
