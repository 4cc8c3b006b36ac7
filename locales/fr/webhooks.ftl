## Webhooks : destinations et droits

webhook-owner = Envoie ce que peut voir
webhook-is-paused = en pause
webhook-paused = Il n’envoie rien : la personne ou le programme à qui il appartenait n’est plus propriétaire. Ce qui attend est conservé. Enregistrez-le pour qu’il soit à vous : ce qui attend sera alors envoyé.
webhook-paused-warning = Le webhook { $webhook } n’envoie rien : celui ou celle à qui il appartenait n’est plus propriétaire.
failure-out-of-reach = Rien n’est envoyé à { $name }. Les adresses de liaison locale et de métadonnées sont refusées, ainsi que les adresses privées, sauf si le propriétaire du webhook peut voir toutes les apps ; --allow-webhook-to ouvre un réseau.
failure-no-answer = Le destinataire n’a pas répondu. Vérifiez son adresse ; les webhooks des propriétaires limités à certaines apps ne sont envoyés qu’à des adresses publiques.
failure-ended = Le webhook a été modifié avant cet envoi.
failure-not-allowed = Le propriétaire du webhook ne peut plus voir cette app.
access-delivery_retried = { $actor } a renvoyé un envoi du webhook { $subject }
access-action-delivery_retried = Envoi renvoyé
rule-is-paused = en pause
rule-paused = Elle n’accepte personne : la personne ou le programme à qui elle appartenait n’est plus propriétaire. Enregistrez-la pour qu’elle soit à vous : elle acceptera alors ceux qui arrivent à partir de maintenant.
