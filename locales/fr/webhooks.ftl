## Webhooks : destinations et droits

webhook-owner = Envoie avec les droits de
webhook-is-paused = en pause
webhook-paused = Il n’envoie rien : l’utilisateur ou le jeton dont il a les droits n’existe plus, est désactivé ou n’est plus propriétaire. Les événements en attente sont conservés. Enregistrez le webhook pour le reprendre à votre compte ; ils seront alors envoyés.
webhook-paused-warning = Le webhook { $webhook } n’envoie rien : l’utilisateur ou le jeton dont il a les droits n’existe plus, est désactivé ou n’est plus propriétaire.
failure-out-of-reach = Rien n’est envoyé à { $name }. Les adresses de liaison locale et de métadonnées sont refusées, ainsi que les adresses privées, sauf si le propriétaire du webhook peut voir toutes les apps ; --allow-webhook-to ouvre un réseau.
failure-no-answer = Le destinataire n’a pas répondu. Vérifiez son adresse ; les webhooks des propriétaires limités à certaines apps ne sont envoyés qu’à des adresses publiques.
failure-ended = Le webhook a été modifié avant cet envoi.
failure-not-allowed = Le propriétaire du webhook ne peut plus voir cette app.
access-delivery_retried = { $actor } a relancé un envoi du webhook { $subject }
access-action-delivery_retried = Envoi relancé
rule-is-paused = en pause
