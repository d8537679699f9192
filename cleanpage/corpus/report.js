"use strict";
const filters = document.getElementById("filters");
const rows = [...document.querySelectorAll("#lowest tbody tr")];
const shown = document.getElementById("shown");

function choose() {
  const chosen = [...filters.querySelectorAll("select")].filter((one) => one.value !== "*");
  let count = 0;
  for (const row of rows) {
    row.hidden = !chosen.every((one) => row.dataset[one.name] === one.value);
    count += !row.hidden;
  }
  shown.textContent = `${count} of ${rows.length} pages`;
}

if (filters) {
  filters.hidden = false;
  filters.addEventListener("change", choose);
  choose();
}
