package dev.microcos.local.cloud.template;

/** What resources are called once they exist; asked while a template is resolved. */
public interface Names {

  /** The value of {@code Ref}. */
  String ref(Template.Resource resource, Resolver resolver);

  /**
   * The value of {@code Fn::GetAtt}.
   *
   * @throws TemplateException naming an attribute that there is not
   */
  String attribute(Template.Resource resource, String attribute, Resolver resolver);
}
