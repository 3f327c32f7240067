// The workbook of the network page: write-excel-file, handed values. Without this file the page has CSV only.
import writeExcelFile from "write-excel-file/universal";

const cell = (value, more) => (value === "" ? null : { value, type: value.constructor, alignVertical: "top", ...(value instanceof Date ? { format: "yyyy-mm-dd" } : {}), ...more });

// Sheets of {name, widths, head, rows}, texts as texts and days as days, the head frozen; a promise of the file as a Blob.
globalThis.socialgraphWorkbook = (sheets) =>
  writeExcelFile(sheets.map(({ name, widths, head, rows }) => ({
    sheet: name, columns: widths.map((width) => ({ width })), stickyRowsCount: 1,
    data: [head.map((text) => cell(text, { fontWeight: "bold", backgroundColor: "#E8EDF3" })), ...rows.map((row) => row.map((value) => cell(value)))],
  }))).toBlob();
