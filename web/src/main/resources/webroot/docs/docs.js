// The document of the table under whose address this page lies.
SwaggerUIBundle({
  url: '../openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // A public service that would be sent the document.
  validatorUrl: null,
});
