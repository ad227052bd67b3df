// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares one component of a settings record as a parameter; its name is the component's name. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** Stands for "no default": the parameter is then required unless its type is {@code Optional}. */
    String NONE = "\0";

    /** What it means, with its unit, in one sentence without a full stop. */
    String description();

    /** The text that applies when nobody sets it, read like any other value. */
    String defaultsTo() default NONE;

    /** Names under which it was known before; still read, with a warning in lint. */
    String[] formerly() default {};

    /** Smallest number allowed; for number types only. */
    long min() default Long.MIN_VALUE;

    /** Largest number allowed; for number types only. */
    long max() default Long.MAX_VALUE;

    /** A value that makes sense, for the reference page of a required parameter. */
    String example() default NONE;
}
