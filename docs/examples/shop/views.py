"""What visitors see."""

from django.http import HttpResponse
from django.urls import path

from shop.sessions import session_of


def show_product(request, number):
    session = session_of(request)
    session.data["seen"].append(f"product {number}")
    return HttpResponse(f"<h1>Product {number}</h1><p>{len(session.data['seen'])} seen")


urlpatterns = [path("product/<int:number>/", show_product)]
