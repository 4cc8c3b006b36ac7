//! Around every page: who asks, how a failure looks, and what the next page has to tell.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use super::flash;
use super::page::{Visitor, identify};
use crate::http::failure::{Failure, wants_page};

/// Shows the failure of a page's handler as a page. Where nothing is, only browsers get one.
pub async fn around_pages<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if !req.resource_map().has_resource(req.path()) && !wants_page(req.request()) {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    if let Err(error) = identify(req.request()).await {
        return Ok(req.error_response(Failure::from(error)).map_into_right_body());
    }
    let mut answer = next.call(req).await?.map_into_left_body();
    let visitor = Visitor::of(answer.request()).map_err(Failure::from)?;
    let failure = answer.response().error().and_then(|error| error.as_error::<Failure>());
    if let Some(Failure(error)) = failure {
        let page = visitor.fail(error).await;
        answer = ServiceResponse::new(answer.into_parts().0, page).map_into_right_body();
    }
    flash::set_cookies(&visitor, answer.response_mut())?;
    Ok(answer)
}
