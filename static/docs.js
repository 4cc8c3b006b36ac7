// Shows the API's document on the page that Swagger UI's own files are beside.
SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  // A token that was typed in is forgotten with the page.
  persistAuthorization: false,
  validatorUrl: null,
});
