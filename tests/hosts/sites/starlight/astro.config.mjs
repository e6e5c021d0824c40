import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  site: "https://example.org",
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: "Talleres",
      pagefind: false,
      defaultLocale: "es",
      locales: {
        es: { label: "Español" },
        pt: { label: "Português" },
        en: { label: "English" },
      },
    }),
  ],
});
