"use strict";
// One line in a page puts the assistant there: <script src=".../webhooks/web/insluiten.js" async></script>
(() => {
  const kader = document.createElement("iframe");
  kader.src = {{ (adres ~ "/ingesloten") | tojson }};
  kader.title = {{ t("web.titel") | tojson }};
  kader.lang = "nl";
  kader.loading = "lazy";
  kader.style.cssText = "border:0;display:block;width:100%;max-width:46rem;height:40rem;max-height:90vh";
  document.currentScript.after(kader);
})();
