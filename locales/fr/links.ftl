## Liens d’approbation dans ce qui est transmis à un webhook

webhook-links = Joindre un lien d’approbation à l’annonce d’un appareil en attente
webhook-links-help = Quiconque possède le lien peut accepter l’appareil, une fois, sous trois jours, avec les droits du propriétaire qui a activé cette option. Ne l’envoyez que là où toutes les personnes qui le lisent peuvent décider.
