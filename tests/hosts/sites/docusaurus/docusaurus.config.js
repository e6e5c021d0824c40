export default {
  title: "Talleres",
  url: "https://example.org",
  baseUrl: "/",
  onBrokenLinks: "throw",
  onBrokenAnchors: "throw",
  i18n: { defaultLocale: "es", locales: ["es", "pt", "en"] },
  presets: [
    ["classic", { blog: false, docs: { routeBasePath: "/", sidebarPath: undefined } }],
  ],
  themeConfig: { navbar: { title: "Talleres de barrio" } },
};
