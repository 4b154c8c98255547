/** The name of a check is the text of its error. */
export const taxRefusal = `
  alter table tax_region rename constraint tax_region_province_has_parent to "a province has a parent, and a country has none";`
